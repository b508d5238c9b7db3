import {
  bucket,
  client,
  database,
  defineComponent,
  generate,
  host,
  optional,
  platformCa,
  privateKey,
  release,
  secret,
  template,
} from '@openova/core'
import { matrixValues } from './helm-values.ts'
import { loginCallback, loginProvider, providerKey } from './login.ts'
import { cacheVolume, storageKey, storageProvider } from './media.ts'
import { federationPolicy, pathRoutes } from './routes.ts'
import { values } from './values.ts'
import { workloads } from './workloads.ts'

export type { MatrixValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Chat in rooms that are shared with other servers: Synapse with its accounts and its web client, calls by LiveKit where it is chosen. */
export default defineComponent({
  name: 'matrix',
  tier: 'a-la-carte',
  category: 'communication',
  namespace: 'matrix',
  values,

  network: { metrics: [9001, 8081, 8405] },
  metrics: [
    {
      name: 'Slow requests',
      expr: 'histogram_quantile(0.95, sum by (le) (rate(synapse_http_server_response_time_seconds_bucket{namespace="matrix",servlet!~".*Sync.*"}[5m])))',
      unit: 's',
      above: 1,
      for: '10m',
      action: 'The label `servlet` says which; the database of namespace matrix is slow, or the main server wants a worker: see `workers`.',
    },
    {
      name: 'Failed requests',
      expr: 'sum(rate(synapse_http_server_responses_total{namespace="matrix",code=~"5.."}[5m]))',
      unit: 'req/s',
      above: 1,
      for: '5m',
      action: 'Read the log of matrix-synapse-main: the database, MinIO or the authentication service does not answer.',
    },
    {
      name: 'Messages that wait for other servers',
      expr: 'sum(synapse_federation_transaction_queue_pending_pdus{namespace="matrix"})',
      unit: 'messages',
      above: 1000,
      for: '30m',
      action: 'One server that is away is theirs to repair; all of them mean that ours does not get out: ports 443 and 8448.',
    },
    {
      name: 'Servers away',
      expr: 'absent(synapse_build_info{namespace="matrix"})',
      unit: 'servers',
      above: 0,
      for: '10m',
      action: 'Look at the pods in namespace matrix; they wait for both databases, and for the image of our own.',
    },
  ],

  needs: ({ values: { storage }, platform: { regions }, has }) => ({
    web: host({
      name: 'matrix',
      service: 'matrix-synapse',
      port: 8008,
      waf: { off: 'Files come in bodies of any size, and clients hold requests open until there is something new.' },
    }),
    account: host({ name: 'account', service: 'matrix-matrix-authentication-service', port: 8080 }),
    element: host({ name: 'element', service: 'matrix-element-web', port: 80 }),
    calls: has('livekit') && host({ name: 'matrix-rtc', service: 'matrix-matrix-rtc-authorisation-service', port: 8080 }),
    // Synapse sorts by bytes, and refuses a database that does otherwise.
    db: database({ name: 'synapse', scope: 'replicated', locale: 'C', storage }),
    mas: database({ name: 'mas', scope: 'replicated' }),
    media: bucket({ name: 'synapse-media', replicated: true, secret: (s3) => ({ [storageKey]: storageProvider(s3) }) }),
    login: optional(
      client({
        name: 'matrix',
        returnsTo: [{ host: 'account', paths: [loginCallback] }],
        secret: (oidc) => ({ [providerKey]: loginProvider(oidc) }),
      }),
    ),
    livekit:
      has('livekit') &&
      secret(
        'livekit',
        { secret: template('{{ .secret }}') },
        { scope: 'shared', path: `shared/${regions[0]}/livekit/keys`, readOnly: true },
      ),
    synapse: secret(
      'synapse',
      {
        seed: generate(32),
        signingKey: template('ed25519 a_1 {{ .seed | b64enc | trimSuffix "=" }}'),
        macaroon: generate(64),
        registration: generate(64),
      },
      { scope: 'shared' },
    ),
    accounts: secret(
      'accounts',
      {
        seed: generate(64),
        encryption: template('{{ .seed | sha256sum }}'),
        synapse: generate(64),
        rsa: privateKey('rsa'),
        ecdsa: privateKey('ecdsa'),
      },
      { scope: 'shared' },
    ),
  }),

  before: ({ platform, region, peer }) => [
    platformCa.certificate('matrix-synapse.matrix.svc'),
    federationPolicy(),
    pathRoutes({ platform, region, peer }),
  ],
  releases: ({ values, platform, region, writeRegion, granted }) => {
    const { web, account, element, calls, db, mas, media, login, livekit, synapse, accounts } = granted
    return [
      release('matrix', {
        chart: { name: 'matrix-stack', repository: 'oci://ghcr.io/element-hq/ess-helm', version: '26.8.1' },
        workloads: workloads(values, { here: writeRegion('matrix') === region.name, calls: livekit !== undefined }),
        values: matrixValues(values, {
          serverName: values.serverName === '' ? web.name : values.serverName,
          hosts: { matrix: web.name, account: account.name, element: element.name, calls: calls?.name },
          db,
          accounts: mas,
          media,
          login,
          livekit: livekit && { url: `wss://livekit.${platform.domain}`, secret: livekit.secret },
          secrets: { synapse: synapse.secret, accounts: accounts.secret },
        }),
        // The first start makes all tables.
        timeout: 30,
      }),
    ]
  },
  install: ({ values, region, writeRegion }) => [writeRegion('matrix') === region.name && cacheVolume(values.media.cache)],
})
