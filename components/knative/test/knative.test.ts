import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'always-on',
      spec: (base) => {
        base.spec.components['knative'] = { values: { replicas: 2, scaleToZero: { enabled: false } } }
        return base
      },
    },
  ],
})

describe('knative', () => {
  const platform = testPlatform()
  platform.spec.components['knative'] = {}
  const plan = planOf(platform)
  const objects = objectsOf(plan, { region: 'region-a', unit: 'knative' })
  const find = (kind: string) => objects.find((one) => one.kind === kind)

  test('leads calls through a Gateway of the internal class that takes routes of every namespace', () => {
    expect(find('Gateway')?.body['spec']).toMatchObject({
      gatewayClassName: 'internal',
      listeners: [{ allowedRoutes: { namespaces: { from: 'All' } } }],
    })
    expect(find('KnativeServing')?.body).toHaveProperty(
      'spec.config.gateway.local-gateways',
      expect.stringContaining('service: knative-serving/cilium-gateway-internal'),
    )
  })

  test('shows no service to the world', () => {
    expect(find('KnativeServing')?.body).toHaveProperty('spec.config.domain', { 'svc.cluster.local': '' })
  })

  test('sizes every part in the object that the operator reads', () => {
    const sizes = find('KnativeServing')?.workloads.map(({ name, cpu, memory }) => `${name} ${cpu} ${memory}`)
    expect(sizes).toContain('activator 100m 64Mi')
    expect(find('KnativeServing')?.body).toHaveProperty('spec.workloads.5.resources.0', {
      container: 'controller',
      requests: { cpu: '50m', memory: '64Mi' },
      limits: { memory: '512Mi' },
    })
  })

  test('is set up after its operator, which has a namespace of its own', () => {
    expect(find('KnativeServing')?.stage).toBe('setup')
    const release = plan.regions[0]?.units.find(({ name }) => name === 'knative')?.stages.flatMap(({ releases }) => releases)[0]
    expect(release?.namespace).toBe('knative-operator')
    expect(objects.find(({ kind, name }) => kind === 'Namespace' && name === 'knative-operator')?.stage).toBe('needs')
  })
})
