import { type Platform } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'hetzner-dns', spec: () => platformWith({ dns: 'hetzner-dns' }) },
    { name: 'three-replicas-and-a-contact', spec: () => platformWith({ values: { replicas: 3, email: 'platform@example.com' } }) },
  ],
})

function platformWith({ dns = 'cloudflare', values = {} }: { dns?: Platform['dns']; values?: Record<string, unknown> }) {
  const platform = testPlatform()
  platform.spec.dns = dns
  platform.spec.components['cert-manager'] = { values }
  return platform
}

describe('the challenge', () => {
  const objects = (dns: Platform['dns'], values = {}) =>
    objectsOf(planOf(platformWith({ dns, values })), { region: 'region-a', unit: 'cert-manager' })

  test.each<[Platform['dns'], string, object]>([
    ['cloudflare', 'cloudflare', {}],
    ['hetzner-dns', 'webhook', {}],
    ['route53', 'route53', {}],
    ['cloud-dns', 'cloudDNS', { cloudDns: { project: 'p' } }],
    ['azure-dns', 'azureDNS', { azureDns: { subscription: 's', resourceGroup: 'r', tenant: 't', client: 'c' } }],
  ])('is answered through %s by the solver `%s`', (dns, solver, values) => {
    const issuer = objects(dns, values).find(({ name }) => name === 'letsencrypt')
    expect(issuer?.body['spec']).toHaveProperty(`acme.solvers.0.dns01.${solver}`)
  })

  test('waits for the token in `config`, where nothing that comes earlier waits with it', () => {
    const token = objects('cloudflare').filter(({ kind, name }) => kind === 'ExternalSecret' && name === 'dns')
    expect(token.map(({ stage }) => stage)).toEqual(['config'])
  })

  test('by Hetzner can read one Secret and no other', () => {
    const role = objects('hetzner-dns').find(({ kind }) => kind === 'Role')
    expect(role?.body['rules']).toEqual([{ apiGroups: [''], resources: ['secrets'], resourceNames: ['dns'], verbs: ['get'] }])
  })
})

test('a DNS provider without what it needs is refused by name', () => {
  const findings = findingsOn('cert-manager', platformWith({ dns: 'azure-dns' }))
  expect(findings.map(({ at }) => at).toSorted()).toEqual(
    ['client', 'resourceGroup', 'subscription', 'tenant'].map((key) => `spec.components.cert-manager.values.azureDns.${key}`),
  )
})

test('the internal CA is there before anybody can ask for a secret', () => {
  const { stages } = planOf(testPlatform()).regions[0]!.units.find(({ name }) => name === 'cert-manager')!
  const setup = stages.find(({ stage }) => stage === 'setup')!
  expect(setup.resources.map(({ kind, name }) => `${kind}/${name}`)).toEqual(['ClusterIssuer/internal'])
  expect(setup.dependsOn).toEqual(['cert-manager/install'])
})
