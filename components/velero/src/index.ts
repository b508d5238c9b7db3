import { bucket, daemonSet, defineComponent, deployment, generate, job, release, secret } from '@openova/core'
import { archivalProblems, archivalProviders, credentialsFile, hasArchival, type Plugin, plugins } from './archival.ts'
import { archival, archivalLocation, internalCa, local, localLocation, peerLocation } from './locations.ts'
import { schedule, volumePolicy } from './schedules.ts'
import { values } from './values.ts'

export type { VeleroValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Backups of objects and volumes, daily into MinIO and into the archival storage, where the other region can read them. */
export default defineComponent({
  name: 'velero',
  tier: 'mandatory',
  category: 'storage',
  budget: 'storage',
  namespace: {
    name: 'velero',
    podSecurity: 'privileged',
    reason: 'The node agent reads and writes the volumes of all pods of its node, as root, through the file system of the host.',
  },
  values,

  provides: { 'velero.io': 'install' },
  network: {
    egress: [
      '*.r2.cloudflarestorage.com:443',
      's3.*.amazonaws.com:443',
      '*.s3.*.amazonaws.com:443',
      'storage.googleapis.com:443',
      'oauth2.googleapis.com:443',
      '*.blob.core.windows.net:443',
    ],
    apiServer: true,
    metrics: [8085],
  },
  metrics: [
    {
      name: 'Hours since the last good backup',
      expr: '(time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule!=""})) / 3600',
      unit: 'hours',
      above: 36,
      for: '1h',
      action:
        'Run `velero backup get` and `velero backup logs` of the last one; `velero backup-location get` says whether its store is there.',
    },
    {
      name: 'Failed backups in a day',
      expr: 'sum by (schedule) (increase(velero_backup_failure_total[24h]))',
      unit: 'backups',
      above: 0,
      for: '15m',
      action: 'Read `velero backup describe --details`; a location that is not Available has a wrong key or bucket.',
    },
    {
      name: 'Incomplete backups in a day',
      expr: 'sum by (schedule) (increase(velero_backup_partial_failure_total[24h]))',
      unit: 'backups',
      above: 0,
      for: '15m',
      action: 'Read `velero backup describe --details`: it names the volumes; often the node agent of that node ran out of memory.',
    },
    {
      name: 'Locations that can be reached',
      expr: 'min by (backup_location_name) (velero_backup_location_status_gauge)',
      unit: 'available',
      below: 1,
      for: '30m',
      action:
        'Run `kubectl -n velero describe backupstoragelocation`: the message is that of the store; local is MinIO, the rest the archive.',
    },
  ],
  privileges: [
    {
      role: 'cluster-admin',
      reason: 'It reads objects of every kind in every namespace, and on a restore writes them; kinds that it does not know yet too.',
    },
  ],

  needs: ({ platform, values }) => ({
    store: bucket({ name: 'velero', secret: (s3) => ({ cloud: credentialsFile(s3) }) }),
    // One for both regions: what one has archived, the other can read. Velero would make a well-known one itself.
    repository: secret('velero-repo-credentials', { 'repository-password': generate(40) }, { scope: 'shared', before: 'config' }),
    archive: hasArchival(platform, values) && secret('archival', archivalProviders[platform.archival].secret, { before: 'config' }),
  }),

  check: archivalProblems,

  before: () => [internalCa()],
  releases: ({ values, platform }) => [
    release('velero', {
      chart: { name: 'velero', repository: 'https://vmware-tanzu.github.io/helm-charts', version: '12.1.0' },
      workloads: [
        deployment('velero', { at: { resources: 'resources' }, replicas: 1, cpu: '20m', memory: '128Mi', memoryLimit: '512Mi' }),
        daemonSet('node-agent', {
          at: { resources: 'nodeAgent.resources' },
          cpu: '10m',
          memory: '96Mi',
          memoryLimit: values.nodeAgentMemoryLimit,
        }),
        job('repository-maintenance', { replicas: 1, ...maintenance }),
      ],
      values: {
        image: { repository: 'docker.io/velero/velero', tag: 'v1.18.1' },
        initContainers: pluginsFor(archivalProviders[platform.archival].plugin),
        podSecurityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          runAsGroup: 65532,
          fsGroup: 65532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containerSecurityContext: restricted,
        configuration: {
          backupStorageLocation: [],
          volumeSnapshotLocation: [],
          defaultBackupStorageLocation: local,
          uploaderType: 'kopia',
          defaultVolumesToFsBackup: true,
          logFormat: 'json',
          repositoryMaintenanceJob: {
            repositoryConfigData: {
              global: {
                keepLatestMaintenanceJobs: 1,
                podResources: { cpuRequest: maintenance.cpu, memoryRequest: maintenance.memory, memoryLimit: maintenance.memoryLimit },
              },
            },
          },
        },
        // Every location names its own credential.
        credentials: { useSecret: false },
        // The volumes of the cloud have no snapshots: files are copied.
        snapshotsEnabled: false,
        // Locations and schedules are objects of ours: in `config`, where the archival credential is.
        backupsEnabled: false,
        deployNodeAgent: true,
        nodeAgent: {
          tolerations: [{ operator: 'Exists' }],
          podSecurityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } },
          containerSecurityContext: { allowPrivilegeEscalation: false },
        },
        // Flux replaces CRDs.
        upgradeCRDs: false,
      },
    }),
  ],
  config: ({ values, platform, region, granted: { store, archive }, chosen }) => [
    volumePolicy(),
    localLocation(store),
    schedule(local, values.daily, { values, chosen }),
    ...(archive
      ? [
          archivalLocation({ platform, values, prefix: region.name, secret: archive.secret }),
          schedule(archival, values.archival, { values, chosen }),
        ]
      : []),
  ],
  peer: ({ values, platform, peer, granted: { archive } }) => [
    peer && archive && peerLocation({ platform, values, prefix: peer.name, secret: archive.secret }),
  ],
})

const maintenance = { cpu: '10m', memory: '64Mi', memoryLimit: '512Mi' }
const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }

/** MinIO speaks S3, so that one is there in any case. */
function pluginsFor(archive: Plugin) {
  return [...new Set<Plugin>([plugins.aws, archive])].map(({ provider, image }) => ({
    name: `plugin-${provider}`,
    image,
    volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
    securityContext: restricted,
  }))
}
