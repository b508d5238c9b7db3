import { getIn, type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'one-large-gpu',
      spec: (base) => withValues(base, { gpu: { model: 'RTX 6000 Ada Generation', count: 1 }, maxModelLen: 16384, args: [] }),
    },
    { name: 'brought-by-hand', spec: (base) => withValues(base, { model: { name: 'own-model', repository: '' } }) },
  ],
})

describe('vllm', () => {
  const plan = planOf(withValues(testPlatform(), {}))
  const objects = (region: string) => objectsOf(plan, { region, unit: 'vllm' })
  const serving = objects('region-a').find(({ kind }) => kind === 'InferenceService')

  test('asks for two A10 on one node, request equal to limit, and says all that it takes to get them', () => {
    const exact = { cpu: '4', memory: '32Gi', 'nvidia.com/gpu': 2 }
    expect(getIn(serving?.body, 'spec.predictor')).toMatchObject({
      minReplicas: 1,
      runtimeClassName: 'nvidia',
      nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-A10' },
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
      deploymentStrategy: { type: 'Recreate' },
      model: { storageUri: 's3://models/qwen3-32b', resources: { requests: exact, limits: exact } },
    })
    const runtime = objects('region-a').find(({ kind }) => kind === 'ServingRuntime')
    expect(getIn(runtime?.body, 'spec.containers.0.args')).toContain('--tensor-parallel-size=2')
  })

  test('never scales, and never runs by Knative', () => {
    expect(serving?.annotations).toEqual({
      'serving.kserve.io/deploymentMode': 'Standard',
      'serving.kserve.io/autoscalerClass': 'none',
    })
  })

  test('brings the model before it starts where it writes, and waits for the copy in the other region', () => {
    const job = (region: string) => objects(region).find(({ kind, name }) => kind === 'Job' && name === 'models-qwen3-32b')
    expect(job('region-a')?.stage).toBe('needs')
    expect(JSON.stringify(job('region-a')?.body)).toContain('hf://Qwen/Qwen3-32B-AWQ:0499c3ac83fdef8810b907a23894ba91e95eddd8')
    expect(JSON.stringify(job('region-b')?.body)).not.toContain('hf://')
    expect(JSON.stringify(job('region-b')?.body)).toContain('until complete')
  })

  test('reaches the publisher of the model only while it is told to bring one', () => {
    const policy = (platform: PlatformSpec) =>
      JSON.stringify(
        objectsOf(planOf(platform), { region: 'region-a', unit: 'vllm' }).find(({ kind }) => kind === 'CiliumNetworkPolicy')?.body,
      )
    expect(policy(withValues(testPlatform(), {}))).toContain('huggingface.co')
    expect(policy(withValues(testPlatform(), { model: { repository: '' } }))).not.toContain('huggingface.co')
  })

  test('brings kserve with it, and waits for it', () => {
    const kserve = plan.regions[0]?.units.find(({ name }) => name === 'kserve')
    expect(kserve?.reason).toContain('vllm')
    const needs = plan.regions[0]?.units.find(({ name }) => name === 'vllm')?.stages.find(({ stage }) => stage === 'needs')
    expect(needs?.dependsOn).toContain('kserve/install')
  })
})

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components['vllm'] = { values }
  for (const { pools } of base.spec.regions)
    pools.push({
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
