import { deployment, type OwnImage, ownImage, type Resource, resource } from '@openova/core'
import { ports } from './ports.ts'

const name = 'failover-controller'
const labels = { 'app.kubernetes.io/name': name }

interface Options {
  image: OwnImage
  /** Whether its health is asked from outside. */
  asked: boolean
  /** Whether it changes anything in the cluster. */
  acts: boolean
  /** Names of Secrets, as far as there are any. */
  secrets: { lease: string | undefined; valkey: string | undefined }
}

export function controller({ image: own, asked, acts, secrets }: Options): Resource[] {
  const { image, annotations } = ownImage(own)
  const mounted = Object.entries(secrets).flatMap(([use, secretName]) => (secretName === undefined ? [] : [{ use, secretName }]))
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('apps/v1/Deployment', name, {
      annotations: { ...annotations, 'reloader.stakater.com/auto': 'true' },
      workloads: [deployment(name, { replicas: 1, cpu: '10m', memory: '48Mi', memoryLimit: '192Mi' })],
      spec: {
        selector: { matchLabels: labels },
        // Two at once would renew the same leases.
        strategy: { type: 'Recreate' },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: acts,
            priorityClassName: 'system-cluster-critical',
            // Its region seems gone as long as it hangs on a lost node.
            tolerations: ['not-ready', 'unreachable'].map((state) => ({
              key: `node.kubernetes.io/${state}`,
              operator: 'Exists' as const,
              effect: 'NoExecute' as const,
              tolerationSeconds: 30,
            })),
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 65532,
              runAsGroup: 65532,
              fsGroup: 65532,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name: 'controller',
                image,
                args: ['--config=/etc/failover-controller/config.json', '--secrets=/var/run/failover-controller'],
                ports: [
                  { name: 'http', containerPort: ports.http },
                  { name: 'metrics', containerPort: ports.metrics },
                ],
                readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, periodSeconds: 5 },
                livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10, failureThreshold: 6 },
                volumeMounts: [
                  { name: 'config', mountPath: '/etc/failover-controller', readOnly: true },
                  ...mounted.map(({ use }) => ({ name: use, mountPath: `/var/run/failover-controller/${use}`, readOnly: true })),
                ],
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              },
            ],
            volumes: [
              { name: 'config', configMap: { name } },
              ...mounted.map(({ use, secretName }) => ({ name: use, secret: { secretName } })),
            ],
          },
        },
      },
    }),
    ...(asked
      ? [resource('v1/Service', name, { spec: { selector: labels, ports: [{ name: 'http', port: ports.http, targetPort: 'http' }] } })]
      : []),
  ]
}
