import { getIn, parseCpu, parseMemory, type PlatformSpec, type UnitName, unitWorkloads } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import cortex from '../src/index.ts'

testComponent(cortex, {
  platform: withCortex,
  cases: [
    {
      name: 'without-adapter',
      spec: (base) => {
        base.spec.components.cortex = { values: { adapter: { enabled: false } } }
        base.spec.components['llm-gateway'] = { values: { models: [] } }
        return base
      },
    },
  ],
})

describe('cortex', () => {
  const plan = planOf(withCortex())
  const [region] = plan.regions
  const unit = (name: UnitName) => region!.units.find((one) => one.name === name)!
  const text = (name: UnitName) =>
    JSON.stringify(
      unit(name).stages.flatMap(({ releases, resources }) => [
        ...releases.map(({ values }) => values),
        ...resources.map(({ body }) => body),
      ]),
    )

  test('adds its components and the stores behind them, each with the reason', () => {
    const reasons = Object.fromEntries(region!.units.map(({ name, reason }) => [name, reason]))
    for (const { component } of cortex.bundles) expect(reasons[component.name]).toBe('product cortex')
    expect(reasons).toMatchObject({
      ferretdb: expect.stringMatching(/librechat/),
      clickhouse: expect.stringMatching(/langfuse/),
      valkey: expect.stringMatching(/langfuse/),
    })
  })

  /** From the name that people type to the pod with the GPUs: who calls whom, and by which address. */
  test.each<[UnitName, string, UnitName, number]>([
    ['librechat', 'http://nemo-guardrails.nemo-guardrails.svc:8000', 'nemo-guardrails', 8000],
    ['librechat', 'http://litellm.llm-gateway.svc:4000', 'llm-gateway', 4000],
    ['nemo-guardrails', 'http://litellm.llm-gateway.svc:4000', 'llm-gateway', 4000],
    ['llm-gateway', 'http://vllm-predictor.vllm.svc/v1', 'vllm', 8080],
    ['llm-gateway', 'http://bge-m3.bge.svc:8080', 'bge', 8080],
    ['librechat', 'http://rag-service.cortex.svc:8000/mcp', 'cortex', 8000],
    ['cortex', 'http://milvus.milvus.svc:19530', 'milvus', 19530],
    ['cortex', 'neo4j://neo4j.neo4j.svc:7687', 'neo4j', 7687],
    ['cortex', 'http://litellm.llm-gateway.svc:4000', 'llm-gateway', 4000],
    ['llm-gateway', 'http://anthropic-adapter.cortex.svc:8000/v1', 'cortex', 8000],
  ])('%s calls %s, and both sides are open', (caller, address, callee, port) => {
    expect(text(caller)).toContain(address)
    expect(openings(caller, 'egress', callee)).toContain(String(port))
    expect(openings(callee, 'ingress', caller)).toContain(String(port))
  })

  test('begins at a host name and ends on two GPUs of one node', () => {
    const hosts = region!.units.flatMap(({ name, needs }) => needs.flatMap((need) => (need.kind === 'host' ? [[need.ask.name, name]] : [])))
    expect(hosts).toEqual(
      expect.arrayContaining([
        ['chat', 'librechat'],
        ['llm-gateway', 'llm-gateway'],
        ['langfuse', 'langfuse'],
      ]),
    )
    expect(unitWorkloads(region!).find(({ unit: name }) => name === 'vllm')?.workload).toMatchObject({ replicas: 1, gpu: 2 })
    expect(text('vllm')).toContain('--tensor-parallel-size=2')
  })

  test('takes four GPUs, and stays within its budget', () => {
    const members: ReadonlySet<string> = new Set(['cortex', ...cortex.bundles.map(({ component }) => component.name)])
    for (const platform of [withCortex(), oneRegion(withCortex())]) {
      const [one] = planOf(platform).regions
      const workloads = unitWorkloads(one!)
        .filter(({ unit: name }) => members.has(name))
        .map(({ workload }) => ({ ...workload, pods: workload.replicas ?? one!.region.nodes }))
      const sum = (of: (workload: (typeof workloads)[number]) => number) =>
        workloads.reduce((total, workload) => total + of(workload) * workload.pods, 0)
      expect(sum(({ gpu = 0 }) => gpu)).toBe(4)
      expect(sum(({ cpu }) => parseCpu(cpu))).toBeLessThanOrEqual(parseCpu(cortex.limits.cpu))
      expect(sum(({ memory }) => parseMemory(memory))).toBeLessThanOrEqual(parseMemory(cortex.limits.memory))
    }
  })

  /** Ports that the policy of a unit opens to the namespace of another. */
  function openings(name: UnitName, direction: 'ingress' | 'egress', other: UnitName): string[] {
    const policies = objectsOf(plan, { region: 'region-a', unit: name }).filter(({ kind }) => kind === 'CiliumNetworkPolicy')
    const namespace = unit(other).namespace.name
    return policies
      .flatMap(({ body }) => listAt(body, `spec.${direction}`))
      .filter((rule) =>
        JSON.stringify(getIn(rule, direction === 'ingress' ? 'fromEndpoints' : 'toEndpoints') ?? []).includes(`"${namespace}"`),
      )
      .flatMap((rule) => listAt(rule, 'toPorts').flatMap((ports) => listAt(ports, 'ports').map((one) => String(getIn(one, 'port')))))
  }
})

const listAt = (data: unknown, path: string): unknown[] => {
  const list = getIn(data, path)
  return Array.isArray(list) ? list : []
}

function withCortex(): PlatformSpec {
  const platform = testPlatform()
  platform.spec.products = ['cortex']
  for (const region of platform.spec.regions) {
    const [server] = region.pools
    region.pools = [
      { ...server!, count: 3, cpu: 16, memory: 32 },
      {
        ...server!,
        name: 'gpu',
        role: 'agent',
        source: 'external',
        count: 2,
        cpu: 16,
        memory: 64,
        volumes: 0,
        gpu: { model: 'A10', count: 2 },
        taints: ['nvidia.com/gpu=present:PreferNoSchedule'],
      },
    ]
  }
  return platform
}
