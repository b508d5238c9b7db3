import { deployment, ownImage, type Resource, resource } from '@openova/core'
import type { CortexValues } from './values.ts'

const name = 'anthropic-adapter'
const labels = { 'app.kubernetes.io/name': name }
export const port = 8000
export const address = `http://${name}.cortex.svc:${port}/v1`

/** Takes chat completions as OpenAI has them and asks Anthropic; it keeps nothing, so each region has its own. */
export function adapter({ adapter: { image: own, replicas, maxTokens } }: CortexValues, key: string): Resource[] {
  const { image, annotations } = ownImage(own)
  const probe = (path: string) => ({ httpGet: { path, port: 'http' } })
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('apps/v1/Deployment', name, {
      annotations: { ...annotations, 'secret.reloader.stakater.com/reload': key },
      workloads: [deployment(name, { replicas, cpu: '100m', memory: '128Mi', spread: 'preferred' })],
      spec: {
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: { labels, annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${port}` } },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            // An answer that is on its way is finished first.
            terminationGracePeriodSeconds: 120,
            securityContext: { runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: labels },
              },
            ],
            containers: [
              {
                name,
                image,
                env: [
                  { name: 'ANTHROPIC_BASE_URL', value: 'https://api.anthropic.com' },
                  { name: 'ANTHROPIC_VERSION', value: '2023-06-01' },
                  { name: 'ANTHROPIC_API_KEY', valueFrom: { secretKeyRef: { name: key, key: 'apiKey' } } },
                  { name: 'DEFAULT_MAX_TOKENS', value: `${maxTokens}` },
                ],
                ports: [{ name: 'http', containerPort: port }],
                readinessProbe: { ...probe('/readyz'), periodSeconds: 10 },
                livenessProbe: { ...probe('/healthz'), periodSeconds: 20, failureThreshold: 6 },
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              },
            ],
          },
        },
      },
    }),
    resource('v1/Service', name, { spec: { selector: labels, ports: [{ name: 'http', port, targetPort: 'http' }] } }),
  ]
}
