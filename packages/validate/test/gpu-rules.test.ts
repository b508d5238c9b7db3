import { describe, expect, test } from 'vitest'
import { rules } from '../src/index.ts'
import { catalogOf, planOf } from './examples.ts'

const names = ['gpu-supply', 'gpu-shape', 'gpu-node-access', 'gpu-enablement']
interface Pool {
  count?: number
  gpu?: { model: string; count: number }
  source?: string
  labels?: Record<string, string>
  taints?: string[]
}

/** vLLM with two GPUs and two of one GPU each, all A10, on external nodes: what the rules say of such a pool. */
function find(pool: Pool, { pod = {}, needs = true, plugin = true }: { pod?: object; needs?: boolean; plugin?: boolean } = {}) {
  const gpu = { name: 'gpu', role: 'agent', source: 'external', count: 2, gpu: { model: 'A10', count: 2 }, labels: {}, taints: [], ...pool }
  const units = {
    kserve: {
      releases: [
        { name: 'plugin', workloads: plugin ? [{ kind: 'DaemonSet', name: 'nvidia-device-plugin', cpu: '10m', memory: '48Mi' }] : [] },
      ],
    },
    vllm: consumer('vllm', [['vllm', 2]], { pod, needs }),
    bge: consumer(
      'bge',
      [
        ['bge-m3', 1],
        ['bge-reranker', 1],
      ],
      { pod, needs },
    ),
  }
  const plan = planOf(units, { regions: [{ pools: [gpu] }] })
  return rules.flatMap((rule) =>
    rule.on === 'plan' && names.includes(rule.name)
      ? rule.check(plan, { catalog: catalogOf(Object.keys(units)) }).map((draft) => ({ ...draft, rule: rule.name }))
      : [],
  )
}

function consumer(unit: string, workloads: (readonly [name: string, gpu: number])[], { pod, needs }: { pod: object; needs: boolean }) {
  const spec = {
    runtimeClassName: 'nvidia',
    nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-A10' },
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
    ...pod,
  }
  return {
    needs: needs ? [{ kind: 'gpu', name: unit }] : [],
    resources: {
      install: workloads.map(([name, gpu]) => ({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name,
        spec: { template: { spec } },
        workloads: [{ kind: 'Deployment', name, replicas: 1, cpu: '1', memory: '1Gi', gpu }],
      })),
    },
  }
}

describe('four GPUs on two external nodes', () => {
  test.each<[string, Pool]>([
    ['as they are', {}],
    ['with the soft taint', { taints: ['nvidia.com/gpu=present:PreferNoSchedule'] }],
    ['with the hard one', { taints: ['nvidia.com/gpu=present:NoSchedule'] }],
    ['with a soft taint of another kind', { taints: ['team=research:PreferNoSchedule'] }],
    ['named in full', { gpu: { model: 'NVIDIA A10', count: 2 } }],
    ['all in one node', { count: 1, gpu: { model: 'A10', count: 4 } }],
  ])('suffice %s', (_, pool) => {
    expect(find(pool)).toEqual([])
  })

  test('halved, are too few', () => {
    expect(find({ count: 1 })).toMatchObject([
      {
        rule: 'gpu-supply',
        at: 'spec.regions[0].pools',
        message:
          'Unexpected demand for 4 x `NVIDIA-A10` in region-a by vllm (1 x 2), bge/bge-m3 (1 x 1), bge/bge-reranker (1 x 1), expected at most 2, which its pools have',
        fix: 'add 2 GPUs `A10` to a pool with `source: external`, or lower replicas',
      },
    ])
  })

  test('of another model, are none of those that are asked for', () => {
    expect(find({ gpu: { model: 'L40S', count: 2 } })).toMatchObject([
      {
        rule: 'gpu-supply',
        fix: 'add 4 GPUs `A10` to a pool with `source: external`, or let vllm and bge use `L40S`, which region-a has, by the GPU model in its values',
      },
    ])
  })

  test('spread one a node, do not hold a pod of two', () => {
    expect(find({ count: 4, gpu: { model: 'A10', count: 1 } })).toMatchObject([
      {
        rule: 'gpu-shape',
        message: 'Unexpected 2 GPUs in one pod of vllm, expected at most 1, which a node has in region-a: gpu (4 x 1)',
        fix: 'use nodes with `gpu.count: 2`, or spread vllm over fewer GPUs of more memory by its values',
      },
    ])
  })

  test('behind a taint that pods do not tolerate, are out of reach, and each pod says so', () => {
    const found = find({ taints: ['team=research:NoSchedule'] })
    expect(found).toHaveLength(3)
    expect(found[0]).toMatchObject({
      rule: 'gpu-node-access',
      at: 'spec.regions[0].pools[0].taints',
      message: 'Unexpected taint `team=research:NoSchedule` of pool `gpu` in region-a, expected one that lets vllm to its 2 GPUs',
    })
  })

  test('on Hetzner Cloud, do not exist', () => {
    expect(find({ source: 'cloud' })).toMatchObject([
      { rule: 'gpu-supply', at: 'spec.regions[0].pools[0].gpu', fix: expect.stringContaining('`source: external`') },
    ])
  })
})

test('three pods of two GPUs do not fit on nodes of three, though the sum does', () => {
  const workload = { kind: 'Deployment', name: 'vllm', replicas: 3, cpu: '1', memory: '1Gi', gpu: 2 }
  const units = { vllm: { resources: { install: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'vllm', workloads: [workload] }] } } }
  const pools = [{ name: 'gpu', source: 'external', count: 2, gpu: { model: 'A10', count: 3 }, labels: {}, taints: [] }]
  const rule = rules.find(({ name }) => name === 'gpu-shape')
  const found = rule?.on === 'plan' && rule.check(planOf(units, { regions: [{ pools }] }), { catalog: catalogOf(['vllm']) })
  expect(found).toMatchObject([{ fix: 'add a node with 2 GPUs to a pool, or lower replicas' }])
})

describe('a pod with GPUs', () => {
  test('names the product and the runtime class', () => {
    expect(find({}, { pod: { runtimeClassName: undefined } }).map(({ rule, file }) => `${rule} ${file}`)).toContain(
      'gpu-node-access components/vllm/src/index.ts',
    )
    expect(find({}, { pod: { nodeSelector: {} } })[0]?.message).toContain('expected `nvidia.com/gpu.product` in its node selector')
  })

  test('may name a label that its pool has, and no other', () => {
    const pod = { nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-A10', team: 'ai' } }
    expect(find({ labels: { team: 'ai' } }, { pod })).toEqual([])
    expect(find({}, { pod })[0]).toMatchObject({ at: 'spec.regions[0].pools[0].labels', fix: 'give the pool the label `team: ai`' })
  })

  test('gets them from a device plugin that somebody runs, and asks for that', () => {
    expect(find({}, { plugin: false }).map(({ rule }) => rule)).toEqual(['gpu-enablement', 'gpu-enablement', 'gpu-enablement'])
    expect(find({}, { needs: false })[0]).toMatchObject({ rule: 'gpu-enablement', file: 'components/vllm/src/index.ts' })
  })
})
