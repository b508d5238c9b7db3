import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'two-replicas', spec: () => platformWith({ replicas: 2 }) },
    {
      name: 'large-region',
      spec: () => platformWith({ recommenderMemory: '224Mi', updaterMemory: '96Mi', smallest: { cpu: 10, memory: 32 } }),
    },
  ],
})

describe('a recommendation', () => {
  const plan = planOf(testPlatform())
  const objects = objectsOf(plan, { region: 'region-a', unit: 'vpa' }).filter(({ kind }) => kind === 'VerticalPodAutoscaler')
  const targetOf = (name: string) => objects.find((one) => one.name === name)?.body['spec']

  test('is made for every Deployment, StatefulSet and DaemonSet of the platform, in its namespace', () => {
    const expected = plan.regions[0]!.units.flatMap(({ stages }) =>
      stages.flatMap(({ releases, resources }) => [
        ...releases.flatMap(({ namespace, workloads }) => workloads.map(({ kind, name }) => ({ kind, name, namespace }))),
        ...resources.map(({ kind, name, namespace }) => ({ kind, name, namespace })),
      ]),
    )
    const kinds = ['Deployment', 'StatefulSet', 'DaemonSet']
    const wanted = expected.filter(({ kind }) => kinds.includes(kind)).map(({ name, namespace }) => `${namespace}/${name}`)
    expect(wanted).toContain('vpa/vpa-recommender')
    expect(objects.map(({ name, namespace }) => `${namespace}/${name}`).toSorted()).toEqual(wanted.toSorted())
  })

  test('changes nothing', () => {
    expect(objects.every(({ body }) => JSON.stringify(body).includes('"updateMode":"Off"'))).toBe(true)
  })

  test.each([
    ['cilium', 'DaemonSet'],
    ['openbao', 'StatefulSet'],
    ['cert-manager-webhook', 'Deployment'],
  ])('names its workload: %s is a %s', (name, kind) => {
    expect(targetOf(name)).toMatchObject({ targetRef: { apiVersion: 'apps/v1', kind, name } })
  })

  test('leaves Jobs out, and what an operator makes', () => {
    expect(targetOf('cert-manager-startupapicheck')).toBeUndefined()
    expect(targetOf('registry')).toBeUndefined()
  })

  test('makes no stage of another component wait for the autoscaler', () => {
    const waiting = plan.regions[0]!.units.flatMap(({ stages }) => stages).filter(({ dependsOn }) => dependsOn.includes('vpa/install'))
    expect(waiting.map(({ name }) => name)).toEqual(['vpa/config'])
  })
})

test('its webhook is called for pods of tenants alone', () => {
  const { stages } = planOf(testPlatform()).regions[0]!.units.find(({ name }) => name === 'vpa')!
  const [release] = stages.flatMap(({ releases }) => releases)
  expect(release?.values['admissionController']).toMatchObject({
    certGen: { enabled: false },
    mutatingWebhookConfiguration: {
      failurePolicy: 'Ignore',
      namespaceSelector: {
        matchExpressions: [
          { key: 'openova.io/tier', operator: 'DoesNotExist' },
          { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'flux-system'] },
        ],
      },
    },
  })
})

function platformWith(values: Record<string, unknown>) {
  const platform = testPlatform()
  platform.spec.components['vpa'] = { values }
  return platform
}
