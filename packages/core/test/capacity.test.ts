import { expect, test } from 'vitest'

import { createPlan, regionCapacity, schedulableNode } from '../src/index.ts'
import { catalog, region, spec } from './fixtures.ts'

const pool = (role: 'server' | 'agent', memory: number) => ({ ...region('region-a', 'fsn', 1).pools[0]!, role, memory })

test.each([
  ['server', 8, 5.55],
  ['server', 16, 13.35],
  ['server', 32, 28.85],
  ['agent', 32, 30.1],
  ['agent', 64, 61.7],
] as const)('a %s of %d GB has %d Gi for pods', (role, memory, expected) => {
  expect(schedulableNode(pool(role, memory)).memory / 2 ** 30).toBeCloseTo(expected, 1)
})

test('sizes between two known ones are linear, above the last by its share', () => {
  const at = (memory: number) => schedulableNode(pool('agent', memory)).memory / 2 ** 30
  expect(at(12)).toBeCloseTo((at(8) + at(16)) / 2, 5)
  expect(at(128)).toBeCloseTo(125 - 0.8, 1)
})

test('a region asks for its workloads and those of K3s, each volume and each pod counted', () => {
  const { plan } = createPlan(spec(), catalog)
  const { requested, schedulable } = regionCapacity(plan!.regions[0]!)
  expect(requested).toEqual({ cpu: 200 + 50 + 300, memory: (140 + 192 + 3 * 512) * 2 ** 20, pods: 2 + 1 + 3, volumes: 3 })
  expect(schedulable).toMatchObject({ cpu: 3 * 3500, pods: 150, volumes: 48 })
})
