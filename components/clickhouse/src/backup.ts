import { type Grant, job, platformCa, type Resource, resource, toolImages } from '@openova/core'
import { client, clientPod } from './job.ts'
import { fromSecret, restricted } from './pod.ts'
import type { ClickhouseValues } from './values.ts'

interface Backup {
  backup: ClickhouseValues['backup']
  host: string
  region: string
  databases: readonly string[]
  bucket: Grant<'bucket'>
  admin: string
}

/** The server itself writes to MinIO; what is too old is deleted by mc, which ClickHouse cannot do. */
export function backupJob({ backup: { schedule, keepDays }, host, region, databases, bucket, admin }: Backup): Resource {
  return resource('batch/v1/CronJob', 'backup', {
    workloads: [job('backup', { replicas: 1, cpu: '10m', memory: '128Mi', memoryLimit: '512Mi' })],
    spec: {
      schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 2,
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          template: {
            spec: {
              ...clientPod('backup', { script: '', admin }),
              restartPolicy: 'Never',
              initContainers: [{ ...client('copy', { script: copy(host, databases), admin }), resources: small }],
              containers: [expire({ region, keepDays, bucket })],
              volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }, platformCa.volume],
            },
          },
        },
      },
    },
  })
}

/** The first of a week holds everything, also when its Sunday was missed. */
const copy = (host: string, databases: readonly string[]) => `week="$(date -u +%G-%V)"
copy() {
  clickhouse-client --host ${host} --receive_timeout 86400 \\
    --query "BACKUP ${databases.map((database) => `DATABASE ${database}`).join(', ')} TO S3(backup, '$1')\${2:+ SETTINGS $2}"
}
copy "$week/$(date -u +%FT%H%M)" "base_backup = S3(backup, '$week/full')" || copy "$week/full"
`

/** What was copied in a week goes after the last day that needs it. */
function expire({ region, keepDays, bucket }: Pick<Backup, 'region' | 'bucket'> & { keepDays: number }) {
  return {
    name: 'expire',
    image: toolImages.mc,
    command: [
      '/bin/sh',
      '-euc',
      `mc alias set minio ${bucket.endpoint} "$ACCESS_KEY" "$SECRET_KEY" >/dev/null
mc rm --recursive --force --older-than ${keepDays + 7}d minio/${bucket.bucket}/${region}/
`,
    ],
    env: [
      { name: 'MC_CONFIG_DIR', value: '/tmp/mc' },
      { name: 'SSL_CERT_FILE', value: platformCa.file },
      fromSecret('ACCESS_KEY', bucket.secret, 'accessKey'),
      fromSecret('SECRET_KEY', bucket.secret, 'secretKey'),
    ],
    securityContext: restricted.container,
    volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }, platformCa.mount],
  }
}

const small = { requests: { cpu: '10m', memory: '128Mi' }, limits: { memory: '512Mi' } }
