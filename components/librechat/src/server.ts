import { deployment, type Resource, resource } from '@openova/core'
import { environment, type Granted } from './environment.ts'
import type { LibrechatValues } from './values.ts'

const name = 'librechat'
const labels = { 'app.kubernetes.io/name': name }
export const port = 3080

/** Own objects instead of its chart: that takes the environment from a single Secret, and carries credentials that all the world knows. */
export function server(values: LibrechatValues, { config, ...granted }: Granted & { config: string }): Resource[] {
  const alive = { httpGet: { path: '/health', port: 'http' } }
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('v1/ConfigMap', name, { data: { 'librechat.yaml': config } }),
    resource('apps/v1/Deployment', name, {
      annotations: { 'reloader.stakater.com/auto': 'true' },
      workloads: [
        deployment(name, {
          replicas: granted.redis ? values.replicas : 1,
          cpu: '250m',
          memory: values.memory,
          memoryLimit: '1Gi',
          spread: 'preferred',
        }),
      ],
      spec: {
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 120,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              runAsGroup: 1000,
              fsGroup: 1000,
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
                name,
                image: 'registry.librechat.ai/danny-avila/librechat:v0.8.7',
                env: environment(values, granted),
                ports: [{ name: 'http', containerPort: port }],
                startupProbe: { ...alive, periodSeconds: 5, failureThreshold: 60 },
                readinessProbe: { ...alive, periodSeconds: 10, timeoutSeconds: 5 },
                livenessProbe: { ...alive, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
                volumeMounts: [
                  { name: 'config', mountPath: '/app/librechat.yaml', subPath: 'librechat.yaml', readOnly: true },
                  // What is uploaded passes here on its way to MinIO.
                  { name: 'uploads', mountPath: '/app/uploads' },
                  { name: 'logs', mountPath: '/app/logs' },
                ],
                // It writes beside its own code.
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              },
            ],
            volumes: [
              { name: 'config', configMap: { name } },
              { name: 'uploads', emptyDir: { sizeLimit: '2Gi' } },
              { name: 'logs', emptyDir: { sizeLimit: '256Mi' } },
            ],
          },
        },
      },
    }),
    resource('v1/Service', name, { spec: { selector: labels, ports: [{ name: 'http', port, targetPort: 'http' }] } }),
  ]
}
