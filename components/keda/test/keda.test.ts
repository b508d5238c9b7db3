import { defineComponent, deployment, type ReleasePlan, resource, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'two-replicas', spec: () => platformWith({ replicas: 2 }) },
    { name: 'debug', spec: () => platformWith({ logLevel: 'debug' }) },
  ],
})

test('whoever has a ScaledObject waits for the operator', () => {
  const scaled = defineComponent({
    name: 'reloader',
    tier: 'mandatory',
    category: 'operations',
    namespace: 'scaled',
    values: valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} }),
    install: () => [
      resource('apps/v1/Deployment', 'scaled', {
        workloads: [deployment('scaled', { replicas: 1, cpu: '10m', memory: '16Mi' })],
        spec: { selector: {}, template: { spec: { containers: [{ name: 'scaled', image: 'registry.k8s.io/pause:3.10' }] } } },
      }),
      resource('keda.sh/v1alpha1/ScaledObject', 'scaled', { spec: { scaleTargetRef: { name: 'scaled' }, triggers: [] } }),
    ],
  })
  const { stages } = planOf(testPlatform(), catalogWith(scaled)).regions[0]!.units.find(({ name }) => name === 'reloader')!
  expect(stages.find(({ stage }) => stage === 'install')?.dependsOn).toContain('keda/install')
})

test('its operator reaches Mimir, which answers its queries', () => {
  const policy = objectsOf(planOf(testPlatform()), { region: 'region-a', unit: 'keda' }).find(({ kind }) => kind === 'CiliumNetworkPolicy')
  expect(policy?.body['spec']).toMatchObject({
    egress: expect.arrayContaining([
      {
        toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'grafana' } }],
        toPorts: [{ ports: expect.arrayContaining([{ port: '8080', protocol: 'TCP' }]) }],
      },
    ]),
  })
})

test('the operator may scale Deployments and StatefulSets, not everything there is', () => {
  expect(releaseOf({}).values['rbac']).toEqual({ enabledCustomScaledRefKinds: false })
})

test('a budget that would block the drain of a node stands only where a second pod takes over', () => {
  expect(releaseOf({ replicas: 1 }).values).not.toHaveProperty('podDisruptionBudget')
  expect(releaseOf({ replicas: 2 }).values).toHaveProperty('podDisruptionBudget.metricServer', { minAvailable: 1 })
})

function platformWith(values: Record<string, unknown>) {
  const platform = testPlatform()
  platform.spec.components['keda'] = { values }
  return platform
}

function releaseOf(values: Record<string, unknown>): ReleasePlan {
  const { stages } = planOf(platformWith(values)).regions[0]!.units.find(({ name }) => name === 'keda')!
  return stages.flatMap(({ releases }) => releases)[0]!
}
