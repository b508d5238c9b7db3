import { type Grant, type HelmValues, ownImage } from '@openova/core'
import { loginValues } from './login.ts'
import { mediaValues } from './media.ts'
import type { MatrixValues } from './values.ts'

interface Granted {
  serverName: string
  hosts: { matrix: string; account: string; element: string; calls: string | undefined }
  db: Grant<'database'>
  accounts: Grant<'database'>
  media: Grant<'bucket'>
  login: Grant<'client'> | undefined
  /** LiveKit's address, and the Secret with the key for it. */
  livekit: { url: string; secret: string } | undefined
  secrets: { synapse: string; accounts: string }
}

export function matrixValues(values: MatrixValues, granted: Granted): HelmValues {
  const { serverName, hosts, db, accounts, media, login, livekit, secrets } = granted
  const own = ownImage(values.image)
  const { additional: mediaConfig, ...mediaRest } = mediaValues(values, media)
  const { additional: loginConfig, ...loginRest } = loginValues(login)
  return {
    serverName,
    networking: { ipFamily: 'ipv4' },
    // Every secret comes from OpenBao, the same in both regions; what the chart makes up would differ.
    initSecrets: { enabled: false },
    deploymentMarkers: { enabled: false },
    postgres: { enabled: false },
    elementAdmin: { enabled: false },
    synapse: {
      checkConfigHook: { enabled: false },
      image: { registry: values.image.registry, repository: values.image.name, tag: values.image.tag },
      ingress: { host: hosts.matrix },
      annotations: { ...own.annotations, ...scraped(9001, '/_synapse/metrics') },
      postgres: databaseOf(db),
      signingKey: { secret: secrets.synapse, secretKey: 'signingKey' },
      macaroon: { secret: secrets.synapse, secretKey: 'macaroon' },
      registrationSharedSecret: { secret: secrets.synapse, secretKey: 'registration' },
      ...mediaRest,
      additional: { ...asMap(mediaConfig), settings: { config: JSON.stringify(settings(values)) } },
      workers: Object.fromEntries(values.workers.map((worker) => [worker, { enabled: true }])),
      serviceMonitors: { enabled: false },
    },
    matrixAuthenticationService: {
      ingress: { host: hosts.account },
      annotations: scraped(8081, '/metrics'),
      postgres: databaseOf(accounts),
      encryptionSecret: { secret: secrets.accounts, secretKey: 'encryption' },
      synapseSharedSecret: { secret: secrets.accounts, secretKey: 'synapse' },
      privateKeys: {
        rsa: { secret: secrets.accounts, secretKey: 'rsa' },
        ecdsaPrime256v1: { secret: secrets.accounts, secretKey: 'ecdsa' },
      },
      ...loginRest,
      additional: { ...asMap(loginConfig), settings: { config: JSON.stringify({ passwords: { enabled: values.passwords } }) } },
      serviceMonitors: { enabled: false },
    },
    matrixRTC: livekit
      ? {
          ingress: { host: hosts.calls },
          sfu: { enabled: false },
          livekitAuth: { key: 'platform', secret: { secret: livekit.secret, secretKey: 'secret' } },
          extraEnv: [{ name: 'LIVEKIT_URL', value: livekit.url }],
          serviceMonitors: { enabled: false },
        }
      : { enabled: false },
    elementWeb: { ingress: { host: hosts.element } },
    // The chart's tags move.
    haproxy: { image: { tag: '3.2.4-alpine' }, annotations: scraped(8405, '/metrics'), serviceMonitors: { enabled: false } },
    redis: { image: { tag: '7.4.5-alpine' }, serviceMonitors: { enabled: false } },
  }
}

const settings = ({ federation }: MatrixValues) => ({
  report_stats: false,
  ...(federation.length > 0 && { federation_domain_whitelist: federation }),
})

const databaseOf = ({ host, port, database, username, secret }: Grant<'database'>) => ({
  host,
  port,
  user: username,
  database,
  sslMode: 'require',
  password: { secret, secretKey: 'password' },
})

const scraped = (port: number, path: string) => ({
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': String(port),
  'prometheus.io/path': path,
})

const asMap = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})
