import { type PlatformSpec } from '@openova/core'
import { oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

const withValues = (values: Record<string, unknown>) => (base: PlatformSpec) => {
  base.spec.components['opentofu'] = { values }
  return base
}

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'k8gb', spec: (base) => ({ ...base, spec: { ...base.spec, loadBalancer: 'k8gb' } }) },
    { name: 'two-replicas', spec: withValues({ replicas: 2 }) },
    { name: 'robot', spec: withValues({ robot: true }) },
    { name: 'retained-volumes', spec: withValues({ reclaimPolicy: 'Retain' }) },
  ],
})

describe('order', () => {
  const { units } = planOf(testPlatform()).regions[0]!
  const dependenciesOf = (stage: string) => units.flatMap(({ stages }) => stages).find(({ name }) => name === stage)?.dependsOn

  test('whatever has a volume waits for the StorageClass', () => {
    expect(dependenciesOf('openbao/install')).toContain('opentofu/install')
  })

  test('the add-ons wait for nothing that needs them, and for no Secret that Flux brings', () => {
    expect(dependenciesOf('opentofu/install')).toEqual(['cilium/install'])
  })
})

describe('findings', () => {
  const findingsOf = (change: (spec: PlatformSpec['spec']) => void) => {
    const platform = testPlatform()
    change(platform.spec)
    return findingsOn('opentofu', platform)
  }

  test('on Hetzner there is nothing to say', () => {
    expect(findingsOf(() => {})).toEqual([])
  })

  test.each(['huawei', 'oci', 'aws', 'gcp', 'azure'] as const)('says which add-ons are missing on %s, and renders none', (provider) => {
    const [finding] = findingsOf((spec) => Object.assign(spec, { provider, preview: true }))
    expect(finding).toMatchObject({ severity: 'warning', code: 'component-check' })
    expect(finding?.fix).toMatch(/install .* and the .* CSI driver before Flux/)
    const platform = testPlatform()
    Object.assign(platform.spec, { provider, preview: true })
    const stages = planOf(platform).regions[0]!.units.find(({ name }) => name === 'opentofu')?.stages ?? []
    expect(stages.flatMap(({ releases }) => releases)).toEqual([])
  })

  test('servers from elsewhere are unknown to the cloud, unless Robot tells', () => {
    const external = (spec: PlatformSpec['spec']) =>
      spec.regions[0]!.pools.push({ ...spec.regions[0]!.pools[0]!, name: 'gpu', role: 'agent', source: 'external' })
    expect(findingsOf(external)).toMatchObject([{ severity: 'warning', message: expect.stringContaining('external pool `gpu`') }])
    expect(
      findingsOf((spec) => {
        external(spec)
        spec.components['opentofu'] = { values: { robot: true } }
      }),
    ).toEqual([])
  })
})
