import { gpuWorkloads, type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'gpu', spec: withGpus },
    { name: 'knative', spec: (base) => choose(base, { knative: {} }) },
    { name: 'no-runtimes', spec: (base) => choose(base, { kserve: { values: { runtimes: [], gpuMetrics: false } } }) },
  ],
})

describe('kserve', () => {
  test('runs models without Knative where that is not chosen, and by it where it is', () => {
    expect(controllerOf(planOf(choose(testPlatform(), { kserve: {} })))).toHaveProperty('kserve.controller.deploymentMode', 'Standard')
    expect(controllerOf(planOf(choose(testPlatform(), { kserve: {}, knative: {} })))).toHaveProperty(
      'kserve.controller.deploymentMode',
      'Knative',
    )
  })

  test('loads models over TLS from the store of the region, by the CA of the platform', () => {
    const helm = controllerOf(planOf(choose(testPlatform(), { kserve: {} })))
    expect(helm).toHaveProperty('kserve.storage.s3.endpoint', 'minio.minio.svc:9000')
    expect(helm).toHaveProperty('kserve.storage.s3.useHttps', '1')
    expect(helm).toHaveProperty('kserve.storage.caBundleConfigMapName', 'platform-ca')
  })

  test('brings what GPUs need only to a region that has some, and to as many pods as it has GPU nodes', () => {
    const plan = planOf(choose(withGpus(testPlatform()), { kserve: {} }))
    const [a, b] = plan.regions.map(({ units }) => units.find(({ name }) => name === 'kserve')!.stages.flatMap((stage) => stage.releases))
    expect(a?.map(({ name }) => name)).toContain('nvidia-device-plugin')
    expect(b?.map(({ name }) => name)).not.toContain('nvidia-device-plugin')
    const workloads = a?.find(({ name }) => name === 'nvidia-device-plugin')?.workloads
    expect(workloads?.find(({ name }) => name === 'gpu-feature-discovery')).toMatchObject({ kind: 'DaemonSet', replicas: 2 })
    expect(objectsOf(plan, { region: 'region-a', unit: 'kserve' }).map(({ kind }) => kind)).toContain('RuntimeClass')
    expect(objectsOf(plan, { region: 'region-b', unit: 'kserve' }).map(({ kind }) => kind)).not.toContain('RuntimeClass')
    expect(plan.regions.flatMap(gpuWorkloads)).toEqual([])
  })
})

function withGpus(base: PlatformSpec): PlatformSpec {
  base.spec.regions[0]!.pools.push({
    name: 'gpu',
    role: 'agent',
    source: 'external',
    count: 2,
    cpu: 16,
    memory: 64,
    volumes: 0,
    gpu: { model: 'A10', count: 2 },
    labels: {},
    taints: ['nvidia.com/gpu=present:PreferNoSchedule'],
  })
  return base
}

function choose(base: PlatformSpec, components: PlatformSpec['spec']['components']): PlatformSpec {
  Object.assign(base.spec.components, components)
  return base
}

function controllerOf(plan: ReturnType<typeof planOf>) {
  const kserve = plan.regions[0]?.units.find(({ name }) => name === 'kserve')
  return kserve?.stages.flatMap(({ releases }) => releases).find(({ name }) => name === 'kserve')?.values
}
