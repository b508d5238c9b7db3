import { getIn, type PlatformSpec } from '@openova/core'
import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'
import { imageFor } from '../src/image.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'gpu', spec: (base) => withGpus(base) },
    {
      name: 'brought-by-hand',
      spec: (base) => withValues(base, { embeddings: { repository: '' }, reranker: { repository: '', replicas: 2, cpu: '2' } }),
    },
  ],
})

describe('bge', () => {
  test('runs on CPU in a region without GPUs, says so, and brings no kserve', () => {
    const platform = withValues(testPlatform(), {})
    const plan = planOf(platform)
    expect(findingsOn('bge', platform)).toMatchObject([{ severity: 'warning' }, { severity: 'warning' }])
    expect(plan.regions[0]?.units.map(({ name }) => name)).not.toContain('kserve')
    const pod = podOf(plan, 'region-a')
    expect(getIn(pod, 'containers.0.image')).toBe('ghcr.io/huggingface/text-embeddings-inference:cpu-1.9.3')
    expect(pod).not.toHaveProperty('nodeSelector')
  })

  test('asks for one A10 a model where there are some, and brings kserve, which hands them out', () => {
    const platform = withGpus(withValues(testPlatform(), {}))
    const plan = planOf(platform)
    expect(findingsOn('bge', platform)).toEqual([])
    expect(plan.regions[0]?.units.find(({ name }) => name === 'kserve')?.reason).toBe('bge needs a GPU')
    const exact = { cpu: '2', memory: '4Gi', 'nvidia.com/gpu': 1 }
    expect(podOf(plan, 'region-a')).toMatchObject({
      runtimeClassName: 'nvidia',
      nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-A10' },
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
      containers: [{ image: 'ghcr.io/huggingface/text-embeddings-inference:86-1.9.3', resources: { requests: exact, limits: exact } }],
    })
  })

  test('trusts the store by the CA that comes with what the bucket holds, also when that is brought by hand', () => {
    const plan = planOf(withValues(testPlatform(), { embeddings: { repository: '' }, reranker: { repository: '' } }))
    const objects = objectsOf(plan, { region: 'region-a', unit: 'bge' })
    expect(objects.filter(({ kind }) => kind === 'Job')).toEqual([])
    expect(objects.find(({ kind }) => kind === 'Certificate')?.body).toHaveProperty('spec.secretName', 'bucket-models-ca')
    expect(JSON.stringify(podOf(plan, 'region-a'))).toContain('"secretName":"bucket-models-ca"')
  })

  test.each([
    ['A10', '86-1.9.3'],
    ['NVIDIA-A10', '86-1.9.3'],
    ['A100-SXM4-80GB', '1.9.3'],
    ['L40S', '89-1.9.3'],
    ['RTX 4000 SFF Ada Generation', '89-1.9.3'],
    ['RTX 6000 Ada Generation', '89-1.9.3'],
    ['H100', 'hopper-1.9.3'],
  ])('takes for %s the image %s', (model, tag) => {
    expect(imageFor(model)).toBe(`ghcr.io/huggingface/text-embeddings-inference:${tag}`)
  })

  test('refuses a GPU that there is no image for', () => {
    expect(() => planOf(withGpus(withValues(testPlatform(), { gpuModel: 'MI300X' }), 'MI300X'))).toThrow('Unexpected GPU `MI300X`')
  })
})

function podOf(plan: ReturnType<typeof planOf>, region: string) {
  const found = objectsOf(plan, { region, unit: 'bge' }).find(({ kind, name }) => kind === 'Deployment' && name === 'bge-m3')
  return getIn(found?.body, 'spec.template.spec')
}

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components['bge'] = { values }
  return base
}

function withGpus(base: PlatformSpec, model = 'A10'): PlatformSpec {
  for (const { pools } of base.spec.regions)
    pools.push({
      name: 'gpu',
      role: 'agent',
      source: 'external',
      count: 2,
      cpu: 16,
      memory: 64,
      volumes: 0,
      gpu: { model, count: 2 },
      labels: {},
      taints: ['nvidia.com/gpu=present:PreferNoSchedule'],
    })
  return base
}
