import { deployment, type Resource, resource } from '@openova/core'
import { caVolume } from './certificates.ts'

export const metricsPort = 9114
const name = 'opensearch-exporter'
const labels = { app: name }

/** Health, memory, disks and the age of the last snapshot, for Alloy to read. */
export function exporter(account: string): Resource {
  const variable = (env: string, key: string) => ({ name: env, valueFrom: { secretKeyRef: { name: account, key } } })
  return resource('apps/v1/Deployment', name, {
    workloads: [deployment(name, { replicas: 1, cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' })],
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(metricsPort) } },
        spec: {
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65534,
            runAsGroup: 65534,
            fsGroup: 65534,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name,
              image: 'quay.io/prometheuscommunity/elasticsearch-exporter:v1.9.0',
              args: ['--es.uri=https://opensearch.opensearch.svc:9200', '--es.ca=/ca/ca.crt', '--es.all', '--collector.snapshots'],
              env: [variable('ES_USERNAME', 'username'), variable('ES_PASSWORD', 'password')],
              ports: [{ name: 'metrics', containerPort: metricsPort }],
              readinessProbe: { httpGet: { path: '/healthz', port: 'metrics' } },
              livenessProbe: { httpGet: { path: '/healthz', port: 'metrics' }, periodSeconds: 30 },
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [{ name: 'ca', mountPath: '/ca', readOnly: true }],
            },
          ],
          volumes: [caVolume],
        },
      },
    },
  })
}
