import { type Grant, type Release, release, statefulSet } from '@openova/core'
import { accessKey, addressOf, caFile, caMount, caVolume, fromEnvironment, secretKey } from './storage.ts'
import type { GrafanaValues } from './values.ts'

/** Traces, in one process; the distributed chart of Tempo 3 wants Kafka. */
export function tempo({ tempo: { memory, volume }, retention }: GrafanaValues, data: Grant<'bucket'>): Release {
  return release('tempo', {
    chart: { name: 'tempo', repository: 'oci://ghcr.io/grafana-community/helm-charts', version: '2.2.4' },
    workloads: [
      statefulSet('tempo', {
        at: { replicas: 'replicas', resources: 'tempo.resources' },
        replicas: 1,
        cpu: '50m',
        memory,
        memoryLimit: '1Gi',
        volume,
      }),
    ],
    values: {
      persistence: { enabled: true, size: volume },
      extraVolumes: [caVolume],
      tempo: {
        memBallastSizeMbs: 0,
        reportingEnabled: false,
        retention: retention.traces,
        receivers: {
          jaeger: null,
          otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } },
        },
        storage: {
          trace: {
            backend: 's3',
            s3: {
              bucket: data.bucket,
              endpoint: addressOf(data),
              region: 'us-east-1',
              access_key: fromEnvironment(accessKey('TEMPO_DATA')),
              secret_key: fromEnvironment(secretKey('TEMPO_DATA')),
              forcepathstyle: true,
              tls_ca_path: caFile,
            },
          },
        },
        extraArgs: { 'config.expand-env': 'true' },
        extraEnvFrom: [{ secretRef: { name: data.secret } }],
        extraVolumeMounts: [caMount],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    },
  })
}
