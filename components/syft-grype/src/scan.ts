import { type Grant, job, type Resource, resource, toolImages } from '@openova/core'
import { findImages, readBills, reportFindings, scanImages, storeResults, vulnerabilitiesOf } from './scripts.ts'
import type { SyftGrypeValues } from './values.ts'

export const name = 'sbom-scan'
export const caSecret = 'internal-ca'

interface Scan {
  values: SyftGrypeValues
  region: string
  bucket: Grant<'bucket'>
  /** Secret with the password of OpenSearch's user `ingest`; without it events go to Kafka. */
  opensearch: string | undefined
  registry: string | undefined
}

/** One scan at a time, step by step on one disk: which images run, their bills of materials, what is known against these, and where all that goes. */
export function scanJob({
  values: { schedule, severities, keepDays, memory, disk },
  region,
  bucket,
  opensearch,
  registry,
}: Scan): Resource {
  const login = registry === undefined ? [] : [{ name: 'registry', mountPath: '/registry', readOnly: true }]
  const store = [variable('ACCESS_KEY', bucket.secret, 'accessKey'), variable('SECRET_KEY', bucket.secret, 'secretKey')]
  const heavy = { requests: { cpu: '200m', memory }, limits: { memory: '2Gi' } }
  return resource('batch/v1/CronJob', name, {
    workloads: [job(name, { replicas: 1, cpu: '200m', memory, memoryLimit: '2Gi' })],
    spec: {
      schedule,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: {
          backoffLimit: 1,
          activeDeadlineSeconds: 6 * 3600,
          template: {
            spec: {
              serviceAccountName: name,
              restartPolicy: 'Never',
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 1000,
                runAsGroup: 1000,
                fsGroup: 1000,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              initContainers: [
                container('images', { image: curl, shell: '/bin/sh', script: findImages, resources: light }),
                container('known', {
                  image: mc,
                  shell: '/bin/sh',
                  script: readBills(bucket),
                  env: store,
                  mounts: [mcCa],
                  resources: light,
                }),
                container('bills', {
                  image: syft,
                  shell: '/busybox/sh',
                  script: scanImages,
                  env: quiet('SYFT'),
                  mounts: login,
                  resources: heavy,
                }),
                container('findings', {
                  image: grype,
                  shell: '/busybox/sh',
                  script: vulnerabilitiesOf(region, severities),
                  env: [...quiet('GRYPE'), { name: 'GRYPE_DB_CACHE_DIR', value: '/work/database' }],
                  resources: heavy,
                }),
                container('store', {
                  image: mc,
                  shell: '/bin/sh',
                  script: storeResults(bucket, { region, keepDays }),
                  env: store,
                  mounts: [mcCa],
                  resources: light,
                }),
              ],
              containers: [
                container('report', {
                  image: curl,
                  shell: '/bin/sh',
                  script: reportFindings(region, opensearch === undefined ? 'kafka' : 'opensearch'),
                  env: opensearch === undefined ? [] : [variable('PASSWORD', opensearch, 'password')],
                  mounts: [{ name: 'ca', mountPath: '/ca', readOnly: true }],
                }),
              ],
              volumes: [
                { name: 'work', emptyDir: { sizeLimit: disk } },
                { name: 'ca', secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
                ...(registry === undefined ? [] : [{ name: 'registry', secret: { secretName: registry, optional: true } }]),
              ],
            },
          },
        },
      },
    },
  })
}

const curl = toolImages.curl
const mc = toolImages.mc
// The variants with a shell: one process scans one image.
const syft = 'ghcr.io/anchore/syft:v1.51.0-debug'
const grype = 'ghcr.io/anchore/grype:v0.116.0-debug'

const light = { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '256Mi' } }
const mcCa = { name: 'ca', mountPath: '/work/mc/certs/CAs', readOnly: true }

const variable = (env: string, secret: string, key: string) => ({ name: env, valueFrom: { secretKeyRef: { name: secret, key } } })
const quiet = (tool: string) => [
  { name: `${tool}_CHECK_FOR_APP_UPDATE`, value: 'false' },
  { name: 'DOCKER_CONFIG', value: '/registry' },
]

interface Step {
  image: string
  shell: string
  script: string
  env?: readonly (ReturnType<typeof variable> | { name: string; value: string })[]
  mounts?: readonly { name: string; mountPath: string; readOnly: boolean }[]
  resources?: { requests: Record<string, string>; limits: Record<string, string> }
}

/** Writes to the common disk only. */
function container(step: string, { image, shell, script, env = [], mounts = [], resources }: Step) {
  return {
    name: step,
    image,
    command: [shell, '-euc', script],
    env: [{ name: 'HOME', value: '/work' }, { name: 'TMPDIR', value: '/work/tmp' }, { name: 'MC_CONFIG_DIR', value: '/work/mc' }, ...env],
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    resources,
    volumeMounts: [{ name: 'work', mountPath: '/work' }, ...mounts],
  }
}
