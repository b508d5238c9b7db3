import { type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { expect, test } from 'vitest'
import component from '../src/index.ts'

const identities = [{ issuer: 'https://token.actions.githubusercontent.com', subject: '^https://github.com/example/.*@refs/heads/main$' }]

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'keyless', spec: () => platformWith({ trust: 'keyless', identities }) },
    { name: 'warn-with-two-replicas', spec: () => platformWith({ mode: 'warn', replicas: 2, projects: ['library'] }) },
  ],
})

function platformWith(values: Record<string, unknown>): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['sigstore'] = { values }
  return platform
}

const objects = (platform: PlatformSpec) => objectsOf(planOf(platform), { region: 'region-a', unit: 'sigstore' })

test('judges images by every name of the registry, in both regions', () => {
  const policy = objects(testPlatform()).find(({ kind }) => kind === 'ClusterImagePolicy')
  expect(policy?.body).toHaveProperty(
    'spec.images',
    ['harbor.example.com', 'harbor.hfrp.example.com', 'harbor.hnrp.example.com'].flatMap((name) => [
      { glob: `${name}/library/**` },
      { glob: `${name}/platform/**` },
    ]),
  )
})

test('waits for the key of a person in its last stage only, and not at all without a key', () => {
  const asking = (platform: PlatformSpec) => objects(platform).filter(({ kind }) => kind === 'ExternalSecret')
  expect(asking(testPlatform())).toMatchObject([{ name: 'cosign', stage: 'config' }])
  expect(asking(platformWith({ trust: 'keyless', identities }))).toEqual([])
})

test('refuses keyless trust in everybody', () => {
  expect(findingsOn('sigstore', platformWith({ trust: 'keyless' }))).toMatchObject([
    { code: 'component-check', severity: 'error', at: 'spec.components.sigstore.values.identities' },
  ])
})

test('can never judge the namespaces that images come through', () => {
  const stages = planOf(testPlatform()).regions[0]!.units.find(({ name }) => name === 'sigstore')!.stages
  expect(stages.flatMap(({ releases }) => releases)[0]?.values).toHaveProperty(
    'webhook.namespaceSelector.matchExpressions.1.values',
    expect.arrayContaining(['kube-system', 'flux-system', 'harbor', 'sigstore']),
  )
})
