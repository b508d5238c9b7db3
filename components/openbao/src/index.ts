import { bucket, day0, defineComponent, regionServices, release, secret, statefulSet } from '@openova/core'
import { serverCertificate, serverConfig } from './server.ts'
import { serviceAccounts, setupJob } from './setup.ts'
import { snapshotJob } from './snapshot.ts'
import { values } from './values.ts'

export type { OpenbaoValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** The store of all secrets, in every region its own: three servers on Raft, sealed by a key that a person keeps. */
export default defineComponent({
  name: 'openbao',
  tier: 'mandatory',
  category: 'security',
  budget: 'security',
  namespace: 'openbao',
  values,

  // `needs` waits for the issuer by its Certificate.
  network: {
    apiServer: true,
    metrics: [8200],
    ingress: [{ from: 'external-secrets', ports: [8200] }],
    peer: [8200],
  },
  metrics: [
    {
      name: 'Unsealed servers',
      expr: 'sum(vault_core_unsealed)',
      unit: 'servers',
      below: 3,
      for: '5m',
      action: 'Look at the pods in namespace openbao; a sealed one cannot read its key from Secret openbao-seal.',
    },
    {
      name: 'Active servers',
      expr: 'sum(vault_core_active)',
      unit: 'servers',
      below: 1,
      for: '2m',
      action: 'Raft has no leader: two of the three servers must reach each other on 8201.',
    },
    {
      name: 'Raft log entries',
      expr: 'sum(rate(vault_raft_apply[5m]))',
      unit: 'entries/s',
      for: '5m',
      action: 'Flat while an active server is there means that nothing is written: look at the log of the active one.',
    },
    {
      name: 'Requests that were not audited',
      expr: 'sum(increase(vault_audit_log_request_failure[5m]))',
      unit: 'requests',
      above: 0,
      for: '5m',
      action: 'OpenBao refuses requests that it cannot write to its standard output; restart the pod.',
    },
  ],
  privileges: [{ role: 'system:auth-delegator', reason: 'It asks the API server whose token a caller of the Kubernetes login shows.' }],

  needs: {
    seal: secret('openbao-seal', { key: day0('32 random bytes (`openssl rand 32`), another for each region, kept offline as well') }),
    snapshots: bucket({ name: 'openbao-snapshots', before: 'config' }),
  },
  check: ({ values: { recovery } }) => [
    recovery.threshold > recovery.shares && {
      at: 'recovery.threshold',
      message: `Unexpected threshold ${recovery.threshold}, expected at most the ${recovery.shares} shares`,
      fix: `set recovery.threshold to ${recovery.shares} or less, or raise recovery.shares`,
    },
  ],

  before: ({ region, peer }) => [serverCertificate(peer && region.name)],
  releases: ({ values: { storage }, granted: { seal } }) => [
    release('openbao', {
      chart: { name: 'openbao', repository: 'https://openbao.github.io/openbao-helm', version: '0.29.2' },
      workloads: [
        statefulSet('openbao', {
          at: { replicas: 'server.ha.replicas', resources: 'server.resources' },
          replicas: 3,
          cpu: '50m',
          memory: '104Mi',
          memoryLimit: '512Mi',
          volume: storage,
          spread: 'required',
        }),
      ],
      values: {
        global: { tlsDisable: false },
        injector: { enabled: false },
        server: {
          // All at once: after a blackout no server waits for another that has no node.
          podManagementPolicy: 'Parallel',
          updateStrategyType: 'RollingUpdate',
          annotations: {
            'prometheus.io/scrape': 'true',
            'prometheus.io/scheme': 'https',
            'prometheus.io/port': '8200',
            'prometheus.io/path': '/v1/sys/metrics',
          },
          statefulSet: {
            // It reads its certificate only at the start.
            annotations: { 'secret.reloader.stakater.com/reload': 'openbao-tls' },
            securityContext: { container: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
          },
          // A sealed server answers nobody but the setup Job, which calls it by its own name.
          service: { publishNotReadyAddresses: false },
          dataStorage: { size: storage },
          volumes: [
            { name: 'tls', secret: { secretName: 'openbao-tls' } },
            { name: 'seal', secret: { secretName: seal.secret } },
          ],
          volumeMounts: [
            { name: 'tls', mountPath: '/openbao/tls', readOnly: true },
            { name: 'seal', mountPath: '/openbao/seal', readOnly: true },
          ],
          ha: { enabled: true, raft: { enabled: true, setNodeId: true, config: serverConfig } },
        },
      },
      // A fresh server is not ready before the setup Job, which comes after this stage.
      disableWait: true,
      drift: { mode: 'warn' },
      keep: true,
    }),
  ],
  setup: ({ values: { recovery }, region, peer }) => [...serviceAccounts(), setupJob({ recovery, region: region.name, peer: peer?.name })],
  config: ({ values, granted: { snapshots } }) => [snapshotJob({ ...values.snapshots, ...snapshots })],
  peer: ({ region, peer }) =>
    regionServices(
      'openbao',
      {
        selector: { 'app.kubernetes.io/name': 'openbao', component: 'server' },
        ports: [{ name: 'https', port: 8200 }],
      },
      { region, peer },
    ),
})
