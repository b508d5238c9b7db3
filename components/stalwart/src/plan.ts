import type { Grant, Platform, Region } from '@openova/core'
import { clientName, httpPort, listeners, metricsPort, regionName, tlsPath } from './names.ts'
import type { StalwartValues } from './values.ts'

/** Providers at which the servers can publish by one token. */
export const dnsServers: Readonly<Partial<Record<Platform['dns'], object>>> = {
  cloudflare: { '@type': 'Cloudflare', secret: environment('DNS_TOKEN') },
  'hetzner-dns': { '@type': 'Hetzner', secret: environment('DNS_TOKEN') },
}

interface Options {
  platform: Platform
  /** The write region first. */
  regions: readonly Region[]
  blobs: Grant<'bucket'>
  webName: string
}

/**
 * What the servers are, as operations of `stalwart-cli apply`: the file of the server knows the database only.
 * Each line brings one kind of object to what it says, so that the plan may run again at any time.
 */
export function serverPlan(values: StalwartValues, { platform, regions, blobs, webName }: Options): string {
  const [region] = regions
  const published = values.dns === 'automatic' ? dnsServers[platform.dns] : undefined
  const mailName = region ? clientName(platform, region) : ''
  const exchangers = regions.map((one, index) => ({ hostname: regionName(platform, one), priority: 10 * (index + 1) }))
  return lines([
    update('BlobStore', {
      '@type': 'S3',
      bucket: blobs.bucket,
      region: { '@type': 'Custom', customEndpoint: blobs.endpoint, customRegion: 'us-east-1' },
      accessKey: environment('S3_ACCESS_KEY'),
      secretKey: environment('S3_SECRET_KEY'),
    }),
    upsert('NetworkListener', ['name'], {
      http: { name: 'http', protocol: 'http', bind: { [`[::]:${httpPort}`]: true }, useTls: false },
      metrics: { name: 'metrics', protocol: 'http', bind: { [`[::]:${metricsPort}`]: true }, useTls: false },
      ...Object.fromEntries(
        listeners.map(({ name, protocol, own, implicit }) => [
          name,
          { name, protocol, bind: { [`[::]:${own}`]: true }, useTls: true, tlsImplicit: implicit },
        ]),
      ),
    }),
    upsert('Tracer', ['enable'], { stdout: { '@type': 'Stdout', enable: true, ansi: false, level: values.logLevel } }),
    update('Metrics', { prometheus: { '@type': 'Enabled' } }),
    update('Http', {
      // Behind the Gateways every client has the address of Envoy, and one with a wrong password would shut all of them out.
      useXForwarded: true,
      allowedEndpoints: { match: { 0: when(`local_port != ${metricsPort} && starts_with(path, '/metrics')`, '404') }, else: '200' },
    }),
    upsert(
      'AllowedIp',
      ['address'],
      Object.fromEntries(regions.map(({ name, network }) => [name, { address: network.pods, reason: `Pods of ${name}` }])),
    ),
    // Names of countries and networks of senders come from a list on the internet, which is not fetched.
    update('Asn', { '@type': 'Disabled' }),
    // A certificate has no name by which it could be found again.
    { '@type': 'destroy', object: 'Certificate' },
    create('Certificate', {
      mail: {
        certificate: { '@type': 'File', filePath: `${tlsPath}/tls.crt` },
        privateKey: { '@type': 'File', filePath: `${tlsPath}/tls.key` },
      },
    }),
    ...(published === undefined ? [] : [upsert('DnsServer', ['description'], { dns: { description: 'platform', ...published } })]),
    upsert('Domain', ['name'], {
      domain: {
        name: platform.domain,
        dkimManagement: { '@type': 'Automatic' },
        certificateManagement: { '@type': 'Manual' },
        dnsManagement: published ? { '@type': 'Automatic', dnsServerId: '#dns', publishRecords: records } : { '@type': 'Manual' },
      },
    }),
    update('SystemSettings', {
      defaultDomainId: '#domain',
      defaultHostname: mailName,
      mailExchangers: Object.fromEntries(exchangers.map((exchanger, index) => [index, exchanger])),
      services: {
        ...Object.fromEntries(['imap', 'smtp', 'managesieve'].map((service) => [service, { hostname: mailName, cleartext: false }])),
        ...Object.fromEntries(['jmap', 'caldav', 'carddav', 'webdav'].map((service) => [service, { hostname: webName, cleartext: false }])),
      },
    }),
    update('MtaSts', { mode: values.mtaSts, mxHosts: Object.fromEntries(exchangers.map(({ hostname }) => [hostname, true])) }),
    ...(values.relay.host === '' ? [] : relay(values.relay)),
  ])
}

/** Not the policy for others' TLS: its host is ours, and external-dns publishes both. */
const records = { mx: true, spf: true, dkim: true, dmarc: true, tlsRpt: true, srv: true }

function relay({ host, port, username }: StalwartValues['relay']): object[] {
  return [
    upsert('MtaRoute', ['name'], {
      relay: {
        '@type': 'Relay',
        name: 'relay',
        address: host,
        port,
        protocol: 'smtp',
        implicitTls: port === 465,
        authUsername: username,
        authSecret: environment('RELAY_PASSWORD'),
      },
      mx: { '@type': 'Mx', name: 'mx' },
      local: { '@type': 'Local', name: 'local' },
    }),
    update('MtaOutboundStrategy', { route: { match: { 0: when('is_local_domain(rcpt_domain)', "'local'") }, else: "'relay'" } }),
  ]
}

const update = (object: string, value: object) => ({ '@type': 'update', object, value })
const create = (object: string, value: object) => ({ '@type': 'create', object, value })
const upsert = (object: string, matchOn: string[], value: object) => ({ '@type': 'upsert', object, matchOn, value })
// oxlint-disable-next-line unicorn/no-thenable -- the name is Stalwart's
const when = (condition: string, result: string) => ({ if: condition, then: result })
const lines = (operations: readonly object[]) => operations.map((operation) => `${JSON.stringify(operation)}\n`).join('')

function environment(variableName: string) {
  return { '@type': 'EnvironmentVariable', variableName }
}
