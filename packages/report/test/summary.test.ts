import { expect, test } from 'vitest'
import { budgetUsage, painter, printBar, printSummary, printTable, regionUsage, summarize } from '../src/index.ts'
import { planOf } from './fixtures.ts'

test('a daemon set counts once a node, and capacity is that of all pools', () => {
  expect(regionUsage(planOf().regions[0]!)).toEqual({
    nodes: 5,
    components: 3,
    pods: 5 + 2 + 1,
    cpu: { requested: 5 * 100 + 2 * 500 + 1000, capacity: 28_000 },
    memory: { requested: (5 * 256 + 2 * 1024 + 128) * 2 ** 20, capacity: 56 * 2 ** 30 },
  })
})

test('a budget counts a daemon set at the reference of three nodes', () => {
  expect([...budgetUsage(planOf().regions[0]!)]).toEqual([
    ['core', 3 * 256 * 2 ** 20],
    ['storage', 2 * 2 ** 30],
  ])
})

test('prints regions, then budgets with bars', () => {
  expect(printSummary(summarize(planOf()), painter(false)))
    .toBe(`region    cluster          nodes  components  pods  CPU requested  memory requested
region-a  hz-fsn-rtz-prod      5           3     8      2.5 of 28   3.38Gi of 56 GB

memory budget  region-a
core           █████░░░░░░░  0.75Gi of 2.00Gi
observability  ░░░░░░░░░░░░  0.00Gi of 3.00Gi
storage        ██████░░░░░░  2.00Gi of 4.00Gi
security       ░░░░░░░░░░░░  0.00Gi of 1.50Gi
git            ░░░░░░░░░░░░  0.00Gi of 1.00Gi
operations     ░░░░░░░░░░░░  0.00Gi of 0.50Gi
`)
})

test('a bar never leaves its width', () => {
  expect([-1, 0, 0.5, 1, 7].map((share) => printBar(share, 4))).toEqual(['░░░░', '░░░░', '██░░', '████', '████'])
})

test('columns line up whatever colours the cells have', () => {
  const { red } = painter(true)
  expect(
    printTable([
      [red('ab'), 'x'],
      ['a', 'y'],
    ]),
  ).toBe(`${red('ab')}  x\na   y\n`)
})
