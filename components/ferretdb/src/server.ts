import { deployment, type Endpoint, platformCa, type Resource, resource } from '@openova/core'

/** By this name consumers of both regions reach the pods that write. */
export const serviceName = 'ferretdb-write'

const name = 'ferretdb'
const labels = { 'app.kubernetes.io/name': name }

export const endpoint: Endpoint = { selector: labels, ports: [{ name: 'mongodb', port: 27017 }] }

/** Keeps nothing itself. Where the database is not written it has no pods: it would write at its start. */
export function server({ replicas, url }: { replicas: number; url: string }): Resource {
  return resource('apps/v1/Deployment', name, {
    annotations: { 'secret.reloader.stakater.com/reload': url },
    workloads: [deployment(name, { replicas, cpu: '50m', memory: '96Mi', memoryLimit: '256Mi', spread: 'preferred' })],
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8088', 'prometheus.io/path': '/debug/metrics' },
        },
        spec: {
          automountServiceAccountToken: false,
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels },
            },
          ],
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name,
              // Its version belongs to that of the image of its database.
              image: 'ghcr.io/ferretdb/ferretdb:2.7.0',
              env: [
                { name: 'FERRETDB_POSTGRESQL_URL_FILE', value: '/database/url' },
                { name: 'FERRETDB_TELEMETRY', value: 'disable' },
              ],
              ports: [
                { name: 'mongodb', containerPort: 27017 },
                { name: 'debug', containerPort: 8088 },
              ],
              readinessProbe: { httpGet: { path: '/debug/readyz', port: 'debug' }, periodSeconds: 10, timeoutSeconds: 5 },
              livenessProbe: { httpGet: { path: '/debug/livez', port: 'debug' }, periodSeconds: 30, timeoutSeconds: 5 },
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [
                { name: 'database', mountPath: '/database', readOnly: true },
                { name: 'state', mountPath: '/state' },
                platformCa.mount,
              ],
            },
          ],
          volumes: [
            { name: 'database', secret: { secretName: url, items: [{ key: 'url', path: 'url' }] } },
            { name: 'state', emptyDir: { sizeLimit: '16Mi' } },
            platformCa.volume,
          ],
        },
      },
    },
  })
}
