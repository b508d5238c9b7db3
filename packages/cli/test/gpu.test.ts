import { catalog } from '@openova/catalog'
import { createPlan, type PlatformSpec } from '@openova/core'
import { testPlatform } from '@openova/testing'
import { rules } from '@openova/validate'
import { expect, test } from 'vitest'

type Pool = PlatformSpec['spec']['regions'][number]['pools'][number]

test('four GPUs of the right model, two on one node, are what cortex wants', () => {
  expect(codes((pool) => pool)).toEqual([])
})

test.each<[string, (pool: Pool) => Pool, string]>([
  ['half of the GPUs', (pool) => ({ ...pool, count: 1 }), 'gpu-supply'],
  ['another model', (pool) => ({ ...pool, gpu: { model: 'T4', count: 2 } }), 'gpu-supply'],
  ['a cloud that has none', (pool) => ({ ...pool, source: 'cloud' }), 'gpu-supply'],
  ['one GPU a node', (pool) => ({ ...pool, count: 4, gpu: { model: 'A10', count: 1 } }), 'gpu-shape'],
  ['nodes that the pods may not use', (pool) => ({ ...pool, taints: ['team=research:NoSchedule'] }), 'gpu-node-access'],
])('%s are refused, with what to change', (_, change, code) => {
  const found = findings(change)
  expect(found.map((finding) => finding.code)).toContain(code)
  expect(found.filter((finding) => finding.code === code).every(({ fix }) => fix.length > 20)).toBe(true)
})

const codes = (change: (pool: Pool) => Pool) => findings(change).map(({ code }) => code)

/** What is said about GPUs of a platform with cortex, whose GPU pool `change` has changed. */
function findings(change: (pool: Pool) => Pool) {
  const platform = testPlatform()
  platform.spec.products = ['cortex']
  for (const region of platform.spec.regions) {
    const [server] = region.pools
    const gpu = { model: 'A10', count: 2 }
    region.pools = [
      { ...server!, count: 5, cpu: 32, memory: 128 },
      change({ ...server!, name: 'gpu', role: 'agent', source: 'external', count: 2, cpu: 16, memory: 64, volumes: 0, gpu }),
    ]
  }
  const { plan, findings: planned } = createPlan(platform, catalog)
  const judged = rules.flatMap((rule) =>
    rule.on !== 'plan' || plan === undefined
      ? []
      : rule.check(plan, { catalog }).map((draft) => ({ code: rule.name, severity: rule.severity, ...draft })),
  )
  return [...planned, ...judged].filter(
    ({ severity, code, message }) => severity === 'error' && (code.startsWith('gpu') || message.includes('GPU')),
  )
}
