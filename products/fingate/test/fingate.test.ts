import { getIn, parseMemory, type PlatformSpec, unitWorkloads } from '@openova/core'
import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import fingate from '../src/index.ts'

const bank = { sandbox: { enabled: false }, bank: 'https://core.bank.example' }

testComponent(fingate, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'sandbox-off', spec: (base) => withValues(base, bank) },
    { name: 'written-in-b', spec: (base) => ({ ...base, spec: { ...base.spec, writeRegion: 'region-b' } }) },
    { name: 'node-addresses', spec: (base) => ({ ...base, spec: { ...base.spec, loadBalancer: 'k8gb' } }) },
  ],
})

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components['fingate'] = { values }
  return base
}

function chosen(values: Record<string, unknown> = {}): PlatformSpec {
  const platform = withValues(testPlatform(), values)
  platform.spec.products = ['fingate']
  return platform
}

const objects = (platform: PlatformSpec, region = 'region-a') => objectsOf(planOf(platform), { region, unit: 'fingate' })
const bodyOf = (all: ReturnType<typeof objects>, kind: string, name: string) =>
  all.find((one) => one.kind === kind && one.name === name)?.body

describe('the way of a request', () => {
  const all = objects(chosen())
  const envoy = bodyOf(all, 'CiliumEnvoyConfig', 'openbanking')
  const [listener, ...clusters] = getIn(envoy, 'spec.resources') as Record<string, unknown>[]
  const api = 'filter_chains.0'
  const filters = getIn(listener, `${api}.filters.0.typed_config.http_filters`) as object[]

  test('starts at an address that selects no pods, so that nobody passes the listener by', () => {
    expect(getIn(bodyOf(all, 'Service', 'openbanking'), 'spec')).toMatchObject({ type: 'LoadBalancer', ports: [{ port: 443 }] })
    expect(getIn(bodyOf(all, 'Service', 'openbanking'), 'spec.selector')).toBeUndefined()
    expect(getIn(envoy, 'spec.services')).toEqual([{ name: 'openbanking', namespace: 'fingate', listener: 'openbanking', ports: [443] }])
  })

  test('needs a certificate of the anchors, and shows one for the host', () => {
    expect(getIn(listener, `${api}.filter_chain_match.server_names`)).toContain('openbanking-api.example.com')
    expect(getIn(listener, `${api}.transport_socket.typed_config`)).toMatchObject({
      require_client_certificate: true,
      common_tls_context: {
        tls_certificate_sds_secret_configs: [{ name: 'cilium-secrets/openbanking' }],
        validation_context_sds_secret_config: { name: 'cilium-secrets/eidas-anchors' },
      },
    })
    const certificate = all.find(
      ({ kind, name, namespace }) => kind === 'Certificate' && name === 'openbanking' && namespace === 'cilium-secrets',
    )
    expect(getIn(certificate?.body, 'spec.dnsNames')).toContain('openbanking-api.example.com')
    const anchors = all.filter(({ kind, name }) => kind === 'ExternalSecret' && name === 'eidas-anchors')
    expect(new Set(anchors.map(({ namespace }) => namespace))).toEqual(new Set(['cilium-secrets', 'fingate', 'keycloak']))
  })

  test('passes ext-authz before anybody else, and ends there without a verdict', () => {
    expect(filters).toMatchObject([
      {
        name: 'envoy.filters.http.ext_authz',
        typed_config: { failure_mode_allow: false, grpc_service: { envoy_grpc: { cluster_name: 'fingate/openbanking/ext-authz' } } },
      },
      { name: 'envoy.filters.http.router' },
    ])
    expect(getIn(listener, `${api}.filters.0.typed_config.forward_client_cert_details`)).toBe('SANITIZE_SET')
  })

  test('goes by path to an API that is there, all of it behind a cluster with a Service', () => {
    const routes = getIn(listener, `${api}.filters.0.typed_config.route_config.virtual_hosts.0.routes`) as object[]
    const led = routes.map((route) => [getIn(route, 'match.path_separated_prefix'), getIn(route, 'route.cluster')])
    expect(led).toEqual([
      ['/accounts', 'fingate/openbanking/accounts-api'],
      ['/payments', 'fingate/openbanking/payments-api'],
      ['/consents', 'fingate/openbanking/consents-api'],
    ])
    const names = clusters.map((cluster) => getIn(cluster, 'name'))
    for (const [, cluster] of led) expect(names).toContain(cluster)
    for (const cluster of clusters) {
      const [where = '', name = '', port = ''] = String(getIn(cluster, 'eds_cluster_config.service_name')).split(/[/:]/)
      const service = all.find((one) => one.kind === 'Service' && one.name === name && (one.namespace ?? 'fingate') === where)
      expect(getIn(service?.body, 'spec.ports')).toContainEqual(expect.objectContaining({ port: Number(port) }))
      expect(getIn(envoy, 'spec.backendServices')).toContainEqual({ name, namespace: where, number: [port] })
    }
  })

  test('takes its credit in Valkey, and is metered by Kafka in OpenMeter', () => {
    const plan = planOf(chosen())
    const settings = getIn(bodyOf(all, 'ConfigMap', 'settings'), 'data')
    expect(settings).toMatchObject({
      QUOTA_ADDRESS: 'valkey-write.valkey.svc:6379',
      USAGE_TOPIC: 'ob.usage',
      OPENMETER_URL: 'http://openmeter-api-write.openmeter.svc',
      USAGE_EVENT_TYPE: 'api.call',
    })
    const env = getIn(bodyOf(all, 'Deployment', 'ext-authz'), 'spec.template.spec.containers.0.env')
    expect(env).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'QUOTA_PASSWORD' }), expect.objectContaining({ name: 'KAFKA_PASSWORD' })]),
    )
    const topics = plan.regions[0]?.units
      .flatMap(({ stages }) => stages.flatMap(({ resources }) => resources))
      .filter(({ kind }) => kind === 'KafkaTopic')
    expect(topics?.map(({ name }) => name)).toEqual(expect.arrayContaining(['ob.access', 'ob.usage']))
    const release = plan.regions[0]?.units.find(({ name }) => name === 'openmeter')?.stages.flatMap(({ releases }) => releases)[0]
    expect(getIn(release?.values, 'config.meters')).toMatchObject([{ slug: 'api_calls', eventType: 'api.call' }])
  })

  test('for a token leads to Keycloak, which sees the certificate itself', () => {
    expect(getIn(listener, 'filter_chains.1.transport_socket')).toBeUndefined()
    expect(getIn(listener, 'filter_chains.1.filters.0.typed_config.cluster')).toBe('fingate/openbanking/openbanking-auth-write')
    const keycloak = objectsOf(planOf(chosen()), { region: 'region-a', unit: 'keycloak' }).find(({ kind }) => kind === 'Keycloak')
    expect(getIn(keycloak?.body, 'spec.http.tlsSecret')).toBe('openbanking-auth')
    expect(getIn(keycloak?.body, 'spec.truststores.anchors.secret.name')).toBe('eidas-anchors')
    const realm = getIn(bodyOf(all, 'KeycloakRealmImport', 'open-banking'), 'spec.realm')
    expect(getIn(realm, 'attributes.frontendUrl')).toBe('https://openbanking-auth.example.com')
    expect(getIn(realm, 'defaultOptionalClientScopes')).toEqual(['openid', 'accounts', 'payments'])
    expect(getIn(realm, 'clientPolicies.policies.0')).toMatchObject({ enabled: true, profiles: ['fapi-1-advanced'] })
  })
})

describe('in two regions', () => {
  const deployments = (region: string) => objects(chosen(), region).filter(({ kind }) => kind === 'Deployment')

  test('all services run in both', () => {
    for (const region of ['region-a', 'region-b'])
      expect(deployments(region).map(({ name, body }) => [name, getIn(body, 'spec.replicas')])).toEqual([
        ['ext-authz', 3],
        ['accounts-api', 2],
        ['payments-api', 2],
        ['consents-api', 2],
        ['tpp-management', 2],
        ['sandbox-data', 1],
      ])
  })

  test('both reach what writes, which is in one of them', () => {
    const told = (region: string) => bodyOf(objects(chosen(), region), 'ConfigMap', 'settings')
    for (const region of ['region-a', 'region-b']) {
      expect(getIn(told(region), 'data.DATABASE_HOST')).toMatch(/^fingate-write\./)
      expect(getIn(told(region), 'data.DATABASE_MIGRATE')).toBe(String(region === 'region-a'))
      for (const name of ['openbanking-auth-write', 'openmeter-api-write']) {
        const service = bodyOf(objects(chosen(), region), 'Service', name)
        expect(getIn(service, 'spec.selector') !== undefined, `${name} ${region}`).toBe(region === 'region-a')
      }
    }
    expect(bodyOf(objects(chosen(), 'region-b'), 'KeycloakRealmImport', 'open-banking')).toBeUndefined()
  })

  test('the names of clients lead to the region that writes, and the first region says so', () => {
    const platform = chosen()
    platform.spec.writeRegion = 'region-b'
    const names = objects(platform).filter(({ kind }) => kind === 'DNSEndpoint')
    const code = planOf(platform).regions[1]?.region.code
    expect(names.map(({ body }) => getIn(body, 'spec.endpoints.0.targets.0'))).toEqual([
      `openbanking-api.${code}.example.com`,
      `openbanking-auth.${code}.example.com`,
    ])
    expect(objects(platform, 'region-b').filter(({ kind }) => kind === 'DNSEndpoint')).toEqual([])
  })
})

describe('fingate', () => {
  test('holds its total, of which bundled components are a part', () => {
    const totals = planOf(chosen()).regions.map((region) => {
      const counted = unitWorkloads(region).filter(({ unit }) => ['fingate', 'keycloak', 'openmeter'].includes(unit))
      return counted.reduce((sum, { workload }) => sum + parseMemory(workload.memory) * (workload.replicas ?? 1), 0)
    })
    for (const memory of totals) expect(memory).toBeLessThanOrEqual(parseMemory(fingate.limits.memory))
    expect(totals[0]).toBe(parseMemory('10434Mi'))
  })

  test('without the sandbox asks the bank, which somebody has to name', () => {
    const settings = bodyOf(objects(chosen(bank)), 'ConfigMap', 'settings')
    expect(getIn(settings, 'data.BACKEND_URL')).toBe('https://core.bank.example')
    expect(bodyOf(objects(chosen(bank)), 'Deployment', 'sandbox-data')).toBeUndefined()
    expect(findingsOn('fingate', chosen({ sandbox: { enabled: false } }))).toMatchObject([{ fix: 'set `bank`, or leave the sandbox on' }])
  })

  test('tells every image as its own', () => {
    for (const { annotations, body, name } of objects(chosen()).filter(({ kind }) => kind === 'Deployment')) {
      const image = getIn(body, 'spec.template.spec.containers.0.image')
      expect(image).toBe(`ghcr.io/openova-io/fingate-${name}:0.1.0`)
      expect(Object.values(annotations)).toContain(image)
    }
  })
})
