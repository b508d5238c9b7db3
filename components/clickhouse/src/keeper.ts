import { type Resource, resource, statefulSet } from '@openova/core'
import { ports } from './hosts.ts'
import { image, restricted } from './pod.ts'

/** Knows which server has which part of which table. A switch of the write region starts it anew, empty, and the servers tell it what they have. */
export function keeper(replicas: number): Resource {
  return resource('clickhouse-keeper.altinity.com/v1/ClickHouseKeeperInstallation', 'keeper', {
    workloads: [
      statefulSet('chk-keeper-main', {
        at: {
          replicas: 'spec.configuration.clusters.0.layout.replicasCount',
          resources: 'spec.templates.podTemplates.0.spec.containers.0.resources',
        },
        replicas,
        cpu: '50m',
        memory: '224Mi',
        memoryLimit: '512Mi',
        volume: '10Gi',
        spread: 'required',
      }),
    ],
    spec: {
      configuration: {
        clusters: [{ name: 'main', layout: { replicasCount: replicas } }],
        settings: {
          'logger/level': 'information',
          'logger/console': 'true',
          'prometheus/endpoint': '/metrics',
          'prometheus/port': String(ports.keeperMetrics),
          'prometheus/metrics': 'true',
          'prometheus/events': 'true',
          'prometheus/asynchronous_metrics': 'true',
        },
      },
      defaults: { templates: { podTemplate: 'keeper', dataVolumeClaimTemplate: 'data' } },
      templates: {
        podTemplates: [
          {
            name: 'keeper',
            metadata: { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(ports.keeperMetrics) } },
            spec: {
              automountServiceAccountToken: false,
              securityContext: restricted.pod,
              affinity: {
                podAntiAffinity: {
                  requiredDuringSchedulingIgnoredDuringExecution: [
                    {
                      topologyKey: 'kubernetes.io/hostname',
                      labelSelector: { matchLabels: { 'clickhouse-keeper.altinity.com/chk': 'keeper' } },
                    },
                  ],
                },
              },
              containers: [
                {
                  name: 'clickhouse-keeper',
                  image: image('clickhouse-keeper'),
                  env: [{ name: 'CLICKHOUSE_DATA_DIR', value: '/var/lib/clickhouse-keeper' }],
                  securityContext: restricted.container,
                  volumeMounts: [
                    { name: 'scratch', mountPath: '/tmp', subPath: 'tmp' },
                    { name: 'scratch', mountPath: '/var/log/clickhouse-keeper', subPath: 'log' },
                  ],
                },
              ],
              volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '256Mi' } }],
            },
          },
        ],
        volumeClaimTemplates: [
          {
            name: 'data',
            // What a keeper remembers of the time before a switch is wrong after it.
            reclaimPolicy: 'Delete',
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
          },
        ],
      },
    },
  })
}
