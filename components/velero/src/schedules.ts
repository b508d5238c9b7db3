import { type Chosen, compareText, type ComponentName, type Resource, resource } from '@openova/core'
import type { VeleroValues } from './values.ts'

interface Rhythm {
  schedule: string
  keepDays: number
}

/** One backup of everything that Git does not have, at that rhythm into that location. */
export function schedule(
  location: string,
  { schedule: cron, keepDays }: Rhythm,
  { values, chosen }: { values: VeleroValues; chosen: readonly Chosen[] },
): Resource {
  return resource('velero.io/v1/Schedule', location, {
    spec: {
      schedule: cron,
      useOwnerReferencesInBackup: false,
      template: {
        storageLocation: location,
        ttl: `${keepDays * 24}h0m0s`,
        excludedNamespaces: [...new Set([...system, ...ownCopies(chosen), ...values.excludedNamespaces])].toSorted(compareText),
        excludedResources: values.secrets ? transient : [...transient, 'secrets'],
        defaultVolumesToFsBackup: true,
        snapshotVolumes: false,
        resourcePolicy: { kind: 'configmap', name: policyName },
      },
    },
  })
}

/** Volumes whose files are no backup of what they hold: scratch space, and running databases, which archive their log by themselves. */
export function volumePolicy(): Resource {
  const policy = {
    version: 'v1',
    volumePolicies: [
      { conditions: { volumeTypes: ['emptyDir'] }, action: { type: 'skip' } },
      ...['PG_DATA', 'PG_WAL'].map((role) => ({ conditions: { pvcLabels: { 'cnpg.io/pvcRole': role } }, action: { type: 'skip' } })),
    ],
  }
  return resource('v1/ConfigMap', policyName, { data: { 'policy.yaml': `${JSON.stringify(policy, undefined, 2)}\n` } })
}

const policyName = 'volumes'

const system = ['flux-system', 'kube-node-lease', 'kube-public', 'kube-system', 'velero']

/** MinIO holds the backups; the others write theirs, or all that they have, into a bucket. OpenBao's snapshots and its key must not lie side by side. */
const keepsOwnCopies: readonly ComponentName[] = ['clickhouse', 'grafana', 'milvus', 'minio', 'neo4j', 'openbao', 'opensearch', 'strimzi']

const ownCopies = (chosen: readonly Chosen[]): string[] =>
  chosen.filter(({ name }) => keepsOwnCopies.some((one) => one === name)).map(({ namespace }) => namespace)

/** Controllers make these anew; a restored one would belong to the past. */
const transient = [
  'certificaterequests.cert-manager.io',
  'challenges.acme.cert-manager.io',
  'ciliumendpoints.cilium.io',
  'events',
  'events.events.k8s.io',
  'helmreleases.helm.toolkit.fluxcd.io',
  'orders.acme.cert-manager.io',
]
