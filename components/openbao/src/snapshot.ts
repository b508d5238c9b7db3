import { job, type Resource, resource, toolImages } from '@openova/core'
import { container, type Container, image, pod } from './pod.ts'

interface Snapshot {
  schedule: string
  keepDays: number
  endpoint: string
  bucket: string
  /** Secret with accessKey and secretKey of that bucket. */
  secret: string
}

/** Saves the Raft store and keeps it in MinIO for some days. */
export function snapshotJob({ schedule, keepDays, endpoint, bucket, secret }: Snapshot): Resource {
  const save: Container = {
    ...container('save', {
      image,
      script: `BAO_TOKEN=$(bao write -field=token auth/kubernetes/login role=snapshot jwt="$(cat /var/run/secrets/kubernetes.io/serviceaccount/token)")
export BAO_TOKEN
bao operator raft snapshot save /work/openbao.snap
`,
    }),
    env: [
      { name: 'BAO_ADDR', value: 'https://openbao-active.openbao.svc:8200' },
      { name: 'BAO_CACERT', value: '/openbao/tls/ca.crt' },
      { name: 'HOME', value: '/work' },
    ],
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    volumeMounts: [work, { name: 'tls', mountPath: '/openbao/tls', readOnly: true }],
  }
  const upload: Container = {
    ...container('upload', {
      image: toolImages.mc,
      script: `mc alias set store ${endpoint} "$ACCESS_KEY" "$SECRET_KEY" >/dev/null
mc cp /work/openbao.snap "store/${bucket}/$(date -u +%Y-%m-%dT%H-%M-%SZ).snap"
mc rm --recursive --force --older-than ${keepDays}d store/${bucket}/
`,
    }),
    env: [
      { name: 'MC_CONFIG_DIR', value: '/work/mc' },
      { name: 'ACCESS_KEY', valueFrom: { secretKeyRef: { name: secret, key: 'accessKey' } } },
      { name: 'SECRET_KEY', valueFrom: { secretKeyRef: { name: secret, key: 'secretKey' } } },
    ],
    volumeMounts: [work, { name: 'tls', mountPath: '/work/mc/certs/CAs', readOnly: true }],
  }
  return resource('batch/v1/CronJob', 'openbao-snapshot', {
    workloads: [job('openbao-snapshot', { replicas: 1, cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' })],
    spec: {
      schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          backoffLimit: 3,
          template: {
            spec: {
              ...pod('openbao-snapshot'),
              initContainers: [save],
              containers: [upload],
              volumes: [
                { name: 'work', emptyDir: {} },
                { name: 'tls', secret: { secretName: 'openbao-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
              ],
            },
          },
        },
      },
    },
  })
}

const work = { name: 'work', mountPath: '/work' }
