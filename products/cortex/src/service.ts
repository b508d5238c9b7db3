import { deployment, type OwnImage, ownImage, type Part, type Resource, resource } from '@openova/core'

export const port = 8000

interface OwnService {
  image: OwnImage
  replicas: number
  memory: string
  env: Part<'apps/v1/Deployment', 'spec.template.spec.containers.0.env'>
  /** Secrets whose change starts the pods anew. */
  secrets: readonly string[]
}

/** A service of ours: it keeps nothing, answers at `/healthz` and `/readyz`, and shows its metrics where it answers. */
export function ownService(name: string, { image: own, replicas, memory, env, secrets }: OwnService): Resource[] {
  const labels = { 'app.kubernetes.io/name': name }
  const { image, annotations } = ownImage(own)
  const probe = (path: string) => ({ httpGet: { path, port: 'http' } })
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('apps/v1/Deployment', name, {
      annotations: { ...annotations, 'secret.reloader.stakater.com/reload': secrets.join(',') },
      workloads: [deployment(name, { replicas, cpu: '100m', memory, spread: 'preferred' })],
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
                env,
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

export const fromSecret = (name: string, secret: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } })
