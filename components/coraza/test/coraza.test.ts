import { defineComponent, type PlatformSpec, resource } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'
import { nginxConfig } from '../src/nginx.ts'
import { rules } from '../src/rules.ts'
import { firewall } from '../src/workload.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'one-pod', spec: () => platformWith({ replicas: { min: 1, max: 1 }, memory: '128Mi' }) },
    {
      name: 'tuned',
      spec: () =>
        platformWith({
          paranoia: 2,
          anomaly: { inbound: 10 },
          bodyLimit: 32,
          detectionOnly: ['grafana'],
          exclusions: [{ host: 'minio-console', path: '/api/', rules: [942100, 932235] }],
        }),
    },
  ],
})

function platformWith(values: Record<string, unknown>): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['coraza'] = { values }
  return platform
}

const plan = planOf(testPlatform())
const objects = objectsOf(plan, { region: 'region-a', unit: 'coraza' })
const values = { ...plan.regions[0]!.units.find(({ name }) => name === 'coraza')!.values }

describe('a public host', () => {
  const routes = (unit: 'harbor' | 'grafana') =>
    objectsOf(plan, { region: 'region-a', unit })
      .filter(({ kind, name }) => kind === 'HTTPRoute' && name === unit)
      .map(({ body }) => JSON.stringify(body['spec']))

  test('passes the firewall, and may do so from its namespace', () => {
    expect(routes('grafana')).toEqual([expect.stringContaining('"backendRefs":[{"name":"coraza-waf","namespace":"coraza","port":8080}]')])
    const grant = objects.find(({ kind }) => kind === 'ReferenceGrant')
    expect(grant?.body['spec']).toMatchObject({ from: expect.arrayContaining([expect.objectContaining({ namespace: 'grafana' })]) })
  })

  test('that gave a reason passes it by, and is granted nothing', () => {
    expect(routes('harbor')).toEqual([expect.not.stringContaining('coraza-waf')])
    expect(JSON.stringify(objects.find(({ kind }) => kind === 'ReferenceGrant')?.body)).not.toContain('harbor')
  })
})

describe('the network', () => {
  const policy = objects.find(({ kind, name }) => kind === 'CiliumNetworkPolicy' && name === 'coraza-waf')

  test('lets the Gateways in, and opens before the pods start', () => {
    expect(policy?.stage).toBe('needs')
    expect(policy?.body['spec']).toMatchObject({
      ingress: [{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] }],
    })
  })

  test('leads to apps behind the firewall, and to no others', () => {
    expect(JSON.stringify(policy?.body)).toContain('"k8s:io.kubernetes.pod.namespace":"grafana"')
    expect(JSON.stringify(policy?.body)).not.toContain('"k8s:io.kubernetes.pod.namespace":"harbor"')
  })
})

describe('the firewall', () => {
  const own = {
    mode: 'On',
    detectionOnly: ['grafana'],
    paranoia: 1,
    anomaly: { inbound: 5, outbound: 4 },
    exclusions: [{ host: 'minio-console', path: '/api/', rules: [942100, 932235] as [number, ...number[]] }],
    bodyLimit: 12,
    replicas: { min: 2, max: 6 },
    memory: '104Mi',
  } as const
  const text = rules({ ...own, detectionOnly: [...own.detectionOnly], exclusions: [...own.exclusions] }, 'example.com')

  test('exempts a host by all its names, before the rules are read', () => {
    const [, pattern = ''] = /Host "@rx (\^minio-console[^"]*)"/.exec(text) ?? []
    for (const host of ['minio-console.example.com', 'minio-console.hfrp.example.com', 'minio-console.gslb.example.com:443']) {
      expect(host).toMatch(new RegExp(pattern))
    }
    expect('minio-console.example.com.evil.org').not.toMatch(new RegExp(pattern))
    expect(text).toContain('"t:none,ctl:ruleRemoveById=942100,ctl:ruleRemoveById=932235"')
    expect(text.indexOf('ctl:ruleRemoveById')).toBeLessThan(text.indexOf('owasp-crs/rules/*.conf'))
  })

  test('gives no two of its own rules the same id', () => {
    const ids = [...text.matchAll(/"id:(\d+)/g)].map(([, id]) => id)
    expect(ids.length).toBeGreaterThan(7)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('keeps headers and bodies out of the audit log', () => {
    expect(text).toMatch(/^SecAuditLogParts A[^BCEFIJ]*Z$/m)
  })

  test('believes only Gateways about who the client is, in the same words in both regions', () => {
    const [here, there] = plan.regions.map(({ region }) => region)
    const config = nginxConfig({ bodyLimit: 12, regions: [here!, there!] })
    expect(config).toContain('set_real_ip_from 10.42.0.0/16;\n  set_real_ip_from 10.52.0.0/16;')
    expect(nginxConfig({ bodyLimit: 12, regions: [there!, here!] })).toBe(config)
  })

  test('has a count in Git only where nothing scales it', () => {
    const deployment = (scaled: boolean) => {
      const config = { ...own, detectionOnly: [], exclusions: [] }
      return firewall(config, { scaled }).find(({ kind }) => kind === 'Deployment')!
    }
    expect(deployment(false).workloads[0]).toMatchObject({ replicas: 2, at: { replicas: 'spec.replicas' } })
    expect(deployment(true).workloads[0]?.at).not.toHaveProperty('replicas')
    expect(values).toMatchObject({ replicas: { min: 2, max: 6 } })
  })
})

describe('where something scales it', () => {
  const keda = defineComponent({
    name: 'keda',
    tier: 'mandatory',
    category: 'scaling',
    namespace: 'keda',
    values: { schema: { type: 'object', properties: {} } },
    provides: { 'keda.sh': 'install' },
    install: () => [resource('v1/ConfigMap', 'operator', {})],
  })
  const scaled = planOf(testPlatform(), catalogWith(keda))
  const made = objectsOf(scaled, { region: 'region-a', unit: 'coraza' })

  test('asks for it by load, between its bounds, and waits for the operator', () => {
    const object = made.find(({ kind }) => kind === 'ScaledObject')
    expect(object?.body['spec']).toMatchObject({ scaleTargetRef: { name: 'coraza-waf' }, minReplicaCount: 2, maxReplicaCount: 6 })
    const config = scaled.regions[0]!.units.find(({ name }) => name === 'coraza')!.stages.find(({ stage }) => stage === 'config')!
    expect(config.dependsOn).toContain('keda/install')
  })

  test('leaves the count to it, which Flux would set back', () => {
    expect(made.find(({ kind }) => kind === 'Deployment')?.body['spec']).not.toHaveProperty('replicas')
  })
})

test('an exclusion without a path holds for the whole host', () => {
  const tuned = planOf(platformWith({ exclusions: [{ host: 'grafana', rules: [942100] }] }))
  const config = objectsOf(tuned, { region: 'region-a', unit: 'coraza' }).find(({ kind }) => kind === 'ConfigMap')
  expect(JSON.stringify(config?.body)).toContain('@beginsWith /\\"')
})

test('refuses a maximum below the minimum', () => {
  expect(findingsOn('coraza', platformWith({ replicas: { min: 3, max: 2 } }))).toMatchObject([
    { code: 'component-check', at: 'spec.components.coraza.values.replicas.max' },
  ])
})
