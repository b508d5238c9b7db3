import { expect, test } from 'vitest'
import { describeCapacity, painter, printCapacity } from '../src/index.ts'
import { planOf } from './fixtures.ts'

const mebibyte = 2 ** 20

test('a mandatory component that no budget counts stands in a sum of its own, and the largest workload comes first', () => {
  const { regions } = describeCapacity(planOf().regions)
  expect(regions[0]).toMatchObject({
    requested: { pods: 5 + 2 + 1 + 2 },
    schedulable: { pods: 250, volumes: 80 },
    withoutBudget: { components: ['cnpg'], used: 128 * mebibyte },
    largest: [
      { component: 'harbor', workload: 'core', pods: 2, cpu: 1000, memory: 2048 * mebibyte },
      { component: 'cilium', workload: 'agent', pods: 5, cpu: 500, memory: 1280 * mebibyte },
      { component: 'cnpg', workload: 'operator', pods: 1, cpu: 1000, memory: 128 * mebibyte },
    ],
  })
})

test('prints a bar for each measure and budget, then the largest', () => {
  const text = printCapacity(describeCapacity(planOf().regions), painter(false))
  expect(text).toMatch(/^region-a +requested of schedulable, hz-fsn-rtz-prod, 5 nodes$/m)
  expect(text).toMatch(/^pods +░{12} {2}10 of 250$/m)
  expect(text).toMatch(/^storage +█{6}░{6} {2}2\.00Gi of 4\.00Gi$/m)
  expect(text).toMatch(/^no budget +0\.13Gi in 1 mandatory component$/m)
  expect(text).toMatch(/^harbor +core +2 +1\.00 +2\.00Gi +57 %$/m)
})

test('what is over its limit is red', () => {
  const [region] = describeCapacity(planOf().regions).regions
  const paint = painter(true)
  const full = { ...region!, requested: { ...region!.requested, pods: 251 } }
  expect(printCapacity({ regions: [full] }, paint)).toContain(`${paint.red('█'.repeat(12))}  251 of 250`)
})
