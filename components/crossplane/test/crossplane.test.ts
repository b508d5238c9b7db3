import { type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

const on = (provider: PlatformSpec['spec']['provider']) => (base: PlatformSpec) => {
  Object.assign(base.spec, { provider, preview: provider !== 'hetzner' })
  return base
}
const withValues = (values: Record<string, unknown>) => (base: PlatformSpec) => {
  base.spec.components['crossplane'] = { values }
  return base
}

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'aws', spec: on('aws') },
    {
      name: 'own-package',
      spec: withValues({ providerPackage: 'registry.example.org/mirror/provider-hetzner:v0.2.1', driftInterval: '30m' }),
    },
    { name: 'two-replicas', spec: withValues({ replicas: 2 }) },
  ],
})

const objects = objectsOf(planOf(testPlatform()), { region: 'region-a', unit: 'crossplane' })
const ofKind = (kind: string) => objects.filter((one) => one.kind === kind)

describe('templates', () => {
  test('are the four of the catalog, labelled for the developer platform', () => {
    expect(ofKind('CompositeResourceDefinition').map(({ labels }) => labels['catalyst.openova.io/template'])).toEqual([
      'bucket',
      'node-pool',
      'network',
      'load-balancer',
    ])
    for (const { labels } of ofKind('Composition')) expect(labels).toHaveProperty('catalyst.openova.io/template')
  })

  test.each(ofKind('Composition').map(({ name, body }) => ({ name, text: JSON.stringify(body['spec']), body })))(
    '$name is a pipeline, made of a definition that is there, and deletes nothing unless it is told to',
    ({ text, body }) => {
      expect(body).toMatchObject({ spec: { mode: 'Pipeline', pipeline: [{ functionRef: { name: 'function-patch-and-transform' } }] } })
      const kinds = ofKind('CompositeResourceDefinition').map((definition) => JSON.stringify(definition.body))
      const kind = /"kind":"(\w+)"/.exec(text)?.[1]
      expect(kinds.some((definition) => definition.includes(`"kind":"${kind}"`))).toBe(true)
      const made = text.match(/"base":/g)?.length
      expect(text.match(/"patchSetName":"kept(-bucket)?"/g)).toHaveLength(made ?? 0)
    },
  )

  test('fill in only fields that their definition has', () => {
    for (const { body } of ofKind('Composition')) {
      const text = JSON.stringify(body)
      const kind = /"kind":"(\w+)"/.exec(text)?.[1]
      const definition = ofKind('CompositeResourceDefinition').find((one) => JSON.stringify(one.body).includes(`"kind":"${kind}"`))
      const known = JSON.stringify(definition?.body)
      for (const [, field] of text.matchAll(/"fromFieldPath":"spec\.(\w+)/g)) expect(known).toContain(`"${field}":{`)
    }
  })

  test('use only managed resources that are active', () => {
    const active = JSON.stringify(ofKind('ManagedResourceActivationPolicy').map(({ body }) => body))
    const used = ofKind('Composition').flatMap(({ body }) => [
      ...JSON.stringify(body).matchAll(/"apiVersion":"(\w+\.hetzner\.m\.crossplane\.io)\/\w+","kind":"(\w+)"/g),
    ])
    expect(used.length).toBeGreaterThan(0)
    for (const [, group, kind] of used) expect(active).toContain(`"${kind!.toLowerCase()}s.${group}"`)
  })

  test('a node pool of five has five servers in one group', () => {
    const pool = JSON.stringify(ofKind('Composition').find(({ name }) => name === 'nodepools-5')?.body)
    expect(pool.match(/"kind":"Server"/g)).toHaveLength(5)
    expect(pool.match(/"kind":"PlacementGroup"/g)).toHaveLength(1)
  })
})

describe('stages', () => {
  const stageOf = (kind: string) => [...new Set(ofKind(kind).map(({ stage }) => stage))]

  test('packages come before what their kinds are used for', () => {
    expect(stageOf('Provider')).toEqual(['setup'])
    expect(stageOf('Function')).toEqual(['setup'])
    expect(stageOf('ClusterProviderConfig')).toEqual(['config'])
    expect(stageOf('Composition')).toEqual(['config'])
  })

  test('only `config` waits for the token that a person supplies', () => {
    expect(objects.filter(({ body }) => JSON.stringify(body).includes('supplied/')).map(({ stage }) => stage)).toEqual(['config'])
  })

  test('cluster-wide kinds have no namespace', () => {
    for (const kind of ['Provider', 'Function', 'DeploymentRuntimeConfig', 'Composition', 'ClusterProviderConfig', 'ProviderConfig']) {
      expect(ofKind(kind).map(({ namespace }) => namespace)).not.toContain('crossplane')
    }
  })

  test('each package has its size said, and counted', () => {
    for (const { body, workloads } of ofKind('DeploymentRuntimeConfig')) {
      expect(workloads).toHaveLength(1)
      expect(JSON.stringify(body)).toContain(`"memory":"${workloads[0]!.memory}"`)
    }
  })
})

test.each(['huawei', 'oci', 'aws', 'gcp', 'azure'] as const)(
  '%s is a preview: its packages, and a finding that says what is missing',
  (provider) => {
    const platform = on(provider)(testPlatform())
    const findings = findingsOn('crossplane', platform)
    expect(findings).toMatchObject([{ severity: 'warning', message: expect.stringContaining('without templates for nodes') }])
    const there = objectsOf(planOf(platform), { region: 'region-a', unit: 'crossplane' })
    expect(there.filter(({ kind }) => kind === 'Provider').some(({ name }) => name.includes(provider))).toBe(true)
    expect(there.filter(({ kind }) => kind === 'ClusterProviderConfig')).toEqual([])
  },
)
