import {
  bucket,
  cache,
  client,
  database,
  defineComponent,
  dnsProviders,
  generate,
  host,
  optional,
  type Region,
  secret,
  supply,
  template,
} from '@openova/core'
import { certificates, deliveryPolicy, edgeService, mailRecords } from './edge.ts'
import { directoryJob, planJob } from './job.ts'
import { httpPort, listeners, metricsPort, name } from './names.ts'
import { dnsServers, serverPlan } from './plan.ts'
import { databaseConfig, type Env, servers } from './server.ts'
import { values } from './values.ts'

export type { StalwartValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Mail, calendars and contacts over SMTP, IMAP and JMAP; the database holds what it knows, MinIO the messages. */
export default defineComponent({
  name,
  tier: 'a-la-carte',
  category: 'communication',
  namespace: name,
  values,

  // The servers open their ports with a certificate that the world trusts; nodes are Cilium's to give.
  after: { needs: ['cert-manager/config'], install: ['cilium/setup'] },
  network: {
    metrics: [metricsPort],
    world: listeners.map(({ own }) => ({ port: own, protocol: 'TCP' as const })),
  },
  metrics: [
    {
      name: 'Messages that wait',
      expr: 'max(queue_count{namespace="stalwart"})',
      unit: 'messages',
      above: 1000,
      for: '30m',
      action:
        'Look at Queue in the administration: one domain with most of them refuses us, all of them mean that port 25 or the relay is closed.',
    },
    {
      name: 'Servers away',
      expr: 'absent(queue_count{namespace="stalwart"})',
      unit: 'servers',
      above: 0,
      for: '10m',
      action: 'Look at the pods in namespace stalwart; they wait for the Job `plan`, the database, and the certificate.',
    },
    {
      name: 'Failed logins',
      expr: 'sum(rate(auth_failed{namespace="stalwart"}[5m]))',
      unit: 'logins/s',
      above: 5,
      for: '15m',
      action: 'Somebody guesses passwords: Blocked addresses in the administration shows from where; those are shut out by themselves.',
    },
    {
      name: 'Failed reads and writes',
      expr: 'sum(increase(store_s3_error{namespace="stalwart"}[15m])) + sum(increase(store_postgresql_error{namespace="stalwart"}[15m]))',
      unit: 'errors',
      above: 10,
      for: '15m',
      action: 'Read the log of the servers: MinIO or the database does not answer. Mail that comes in meanwhile stays with its senders.',
    },
  ],

  needs: ({ values: { dns, relay }, platform }) => ({
    web: host({
      name: 'mail',
      service: name,
      port: httpPort,
      waf: { off: 'Attachments come in bodies of any size, and changes are told over WebSocket and streams that stay open.' },
    }),
    autoconfig: host({ name: 'autoconfig', service: name, port: httpPort }),
    policy: host({ name: 'mta-sts', service: name, port: httpPort }),
    db: database({ name: 'stalwart', scope: 'replicated' }),
    blobs: bucket({ name: 'stalwart', replicated: true, secret: (s3) => ({ accessKey: s3.accessKey, secretKey: s3.secretKey }) }),
    // Its address stands in the database, which both regions share.
    redis: optional(cache({ scope: 'replicated', secret: ({ username, password }) => ({ username, password }) })),
    login: optional(client({ name: 'stalwart-webui', public: true, returnsTo: [{ host: 'mail', paths: ['/*'] }] })),
    admin: secret(
      'admin',
      { username: template('admin'), password: generate(32), recovery: template('admin:{{ .password }}') },
      { scope: 'shared' },
    ),
    dns:
      dns === 'automatic' &&
      platform.dns in dnsServers &&
      secret(
        'dns',
        Object.fromEntries(
          Object.keys(dnsProviders[platform.dns].credential(platform.domain)).map((key) => [key, template(`{{ .${key} }}`)]),
        ),
        { path: 'supplied/external-dns/dns', readOnly: true },
      ),
    relay: relay.host !== '' && secret('relay', { password: supply(`Password of ${relay.username} at ${relay.host}`) }),
  }),

  check: ({ values: { replicas, dns, relay }, platform, has }) => [
    replicas > 1 &&
      !has('valkey') && {
        at: 'replicas',
        message: `Unexpected ${replicas} servers without valkey, expected one: they would not tell each other what changed`,
        fix: 'choose valkey, or set `replicas: 1`',
      },
    dns === 'automatic' &&
      !(platform.dns in dnsServers) && {
        at: 'dns',
        severity: 'warning',
        message: `Unexpected \`automatic\` with DNS provider \`${platform.dns}\`, expected ${Object.keys(dnsServers).join(' or ')}: nothing is published`,
        fix: 'set `dns: manual`, and publish what the domain shows in the administration',
      },
    relay.host !== '' &&
      relay.username === '' && {
        at: 'relay.username',
        message: 'Unexpected relay without a user, expected one: relays that take mail from everybody are closed',
        fix: 'set `relay.username`',
      },
  ],

  before: ({ values, platform, region, peer, writeRegion, granted: { db, blobs, redis, admin, web, dns, relay } }) => [
    ...certificates(values, { platform, region }),
    databaseConfig(db),
    deliveryPolicy(values.relay.port),
    ...(writeRegion(name) === region.name
      ? planJob({
          plan: serverPlan(values, { platform, regions: writerFirst(writeRegion(name), region, peer), blobs, webName: web.name }),
          cache: redis && { address: redis.address, secret: redis.secret },
          admin: admin.secret,
          env: environment({ db: db.secret, blobs: blobs.secret, dns: dns?.secret, relay: relay?.secret }),
        })
      : []),
  ],
  install: ({ values, platform, region, peer, writeRegion, granted: { db, blobs, admin, web, dns, relay } }) => [
    ...servers(values, {
      replicas: writeRegion(name) === region.name ? values.replicas : 0,
      url: web.url,
      env: {
        ...environment({ db: db.secret, blobs: blobs.secret, dns: dns?.secret, relay: relay?.secret }),
        STALWART_RECOVERY_ADMIN: { secret: admin.secret, key: 'recovery' },
      },
      plan: serverPlan(values, { platform, regions: writerFirst(writeRegion(name), region, peer), blobs, webName: web.name }),
    }),
    edgeService({ platform, region, writeRegion: writeRegion(name) }),
  ],
  config: ({ values, platform, region, peer, writeRegion, granted: { login, admin } }) => [
    ...mailRecords(values, { platform, region, peer, writeRegion: writeRegion(name) }),
    ...(login && writeRegion(name) === region.name
      ? directoryJob({ issuer: login.issuer, domain: platform.domain, admin: admin.secret })
      : []),
  ],
})

function writerFirst(writer: string, region: Region, peer: Region | undefined): Region[] {
  if (peer === undefined) return [region]
  return peer.name === writer ? [peer, region] : [region, peer]
}

function environment({ db, blobs, dns, relay }: { db: string; blobs: string; dns?: string; relay?: string }): Env {
  return {
    DB_PASSWORD: { secret: db, key: 'password' },
    S3_ACCESS_KEY: { secret: blobs, key: 'accessKey' },
    S3_SECRET_KEY: { secret: blobs, key: 'secretKey' },
    ...(dns && { DNS_TOKEN: { secret: dns, key: 'token' } }),
    ...(relay && { RELAY_PASSWORD: { secret: relay, key: 'password' } }),
  }
}
