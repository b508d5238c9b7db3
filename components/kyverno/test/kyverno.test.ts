import type { PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'two-replicas', spec: () => platformWith({ replicas: 2 }) },
    { name: 'report-only', spec: () => platformWith({ enforce: false, requiredLabels: ['app.kubernetes.io/name'] }) },
  ],
})

function platformWith(values: Record<string, unknown>): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['kyverno'] = { values }
  return platform
}

function policiesOf(platform: PlatformSpec) {
  return objectsOf(planOf(platform), { region: 'region-a', unit: 'kyverno' })
    .filter(({ kind }) => kind === 'ValidatingPolicy')
    .map(({ name, body }) => ({ name, text: JSON.stringify(body), body }))
}

describe('the policies', () => {
  const tenant = '{"key":"openova.io/tenant","operator":"Exists"}'

  test('refuse in tenant namespaces only', () => {
    const refusing = policiesOf(testPlatform()).filter(({ text }) => text.includes('"Deny"'))
    expect(refusing.map(({ name }) => name).toSorted()).toEqual([
      'exact-images-tenants',
      'pod-security-tenants',
      'requests-set-tenants',
      'required-labels-tenants',
    ])
    expect(refusing.every(({ text }) => text.includes(tenant))).toBe(true)
  })

  test('never hold up a pod of the platform while nobody answers', () => {
    const failing = policiesOf(testPlatform()).filter(({ text }) => text.includes('"failurePolicy":"Fail"'))
    expect(failing.every(({ text }) => text.includes(tenant))).toBe(true)
    expect(policiesOf(platformWith({ enforce: false })).some(({ text }) => text.includes('"Fail"') || text.includes('"Deny"'))).toBe(false)
  })

  test('require no labels where none are wanted', () => {
    expect(policiesOf(platformWith({ requiredLabels: [] })).filter(({ name }) => name.startsWith('required-labels'))).toEqual([])
  })
})

test('its webhooks are not called for what must come up without it', () => {
  const stages = planOf(testPlatform()).regions[0]!.units.find(({ name }) => name === 'kyverno')!.stages
  expect(stages.flatMap(({ releases }) => releases)[0]?.values).toHaveProperty('config.webhooks.namespaceSelector.matchExpressions.0', {
    key: 'kubernetes.io/metadata.name',
    operator: 'NotIn',
    values: ['kube-system', 'flux-system', 'kyverno', 'cert-manager', 'external-secrets', 'openbao'],
  })
})

test('what it generates lies in tenant namespaces', () => {
  const generating = objectsOf(planOf(testPlatform()), { region: 'region-a', unit: 'kyverno' }).filter(
    ({ kind }) => kind === 'GeneratingPolicy',
  )
  expect(generating.map(({ name }) => name).toSorted()).toEqual(['disruption-budgets', 'tenant-networks'])
  for (const { body } of generating) {
    expect(body).toHaveProperty('spec.matchConstraints.namespaceSelector.matchExpressions.0', {
      key: 'openova.io/tenant',
      operator: 'Exists',
    })
  }
})
