import { deployment, type Grant, ownImage, type Resource, resource } from '@openova/core'
import { configId, files, name as config } from './rails.ts'
import type { NemoGuardrailsValues } from './values.ts'

const name = 'nemo-guardrails'
const labels = { 'app.kubernetes.io/name': name }
export const port = 8000

/** Its models are asked through the gateway, with the key that it has there. */
export function server({ image: own, replicas, memory }: NemoGuardrailsValues, llm: Grant<'llm'>): Resource[] {
  const { image, annotations } = ownImage(own)
  const alive = { httpGet: { path: '/healthz', port: 'http' } }
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('apps/v1/Deployment', name, {
      annotations: { ...annotations, 'reloader.stakater.com/auto': 'true' },
      workloads: [deployment(name, { replicas, cpu: '500m', memory, memoryLimit: '2Gi', spread: 'preferred' })],
      spec: {
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: {
            labels,
            annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${port}`, 'prometheus.io/path': '/metrics/' },
          },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 120,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 10001,
              runAsGroup: 10001,
              fsGroup: 10001,
              seccompProfile: { type: 'RuntimeDefault' },
            },
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
                name: 'server',
                image,
                command: ['nemoguardrails', 'server'],
                args: ['--config=/config', `--port=${port}`, `--default-config-id=${configId}`, '--disable-chat-ui'],
                env: [
                  { name: 'OPENAI_API_KEY', valueFrom: { secretKeyRef: { name: llm.secret, key: 'apiKey' } } },
                  // A model that the caller names is asked for at the gateway too.
                  { name: 'MAIN_MODEL_ENGINE', value: 'openai' },
                  { name: 'MAIN_MODEL_BASE_URL', value: `${llm.url}/v1` },
                  { name: 'OPENAI_BASE_URL', value: `${llm.url}/v1` },
                  { name: 'HOME', value: '/tmp' },
                  { name: 'PYTHONDONTWRITEBYTECODE', value: '1' },
                ],
                ports: [{ name: 'http', containerPort: port }],
                startupProbe: { ...alive, periodSeconds: 5, failureThreshold: 60 },
                readinessProbe: { ...alive, periodSeconds: 10, timeoutSeconds: 5 },
                livenessProbe: { ...alive, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
                volumeMounts: [
                  ...Object.entries(files).map(([file, subPath]) => ({
                    name: 'config',
                    mountPath: `/config/${file}`,
                    subPath,
                    readOnly: true,
                  })),
                  { name: 'tmp', mountPath: '/tmp' },
                ],
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              },
            ],
            volumes: [
              { name: 'config', configMap: { name: config } },
              { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } },
            ],
          },
        },
      },
    }),
    resource('v1/Service', name, { spec: { selector: labels, ports: [{ name: 'http', port, targetPort: 'http' }] } }),
  ]
}
