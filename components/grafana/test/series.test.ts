import { planOf, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import { keptSeries } from '../src/alloy-config.ts'
import { seriesOf } from '../src/series.ts'

describe('the series of an expression', () => {
  test.each([
    ['up', ['up']],
    ['sum by (namespace, le) (rate(http_seconds_bucket{code=~"5..|by"}[5m]))', ['http_seconds_bucket']],
    ['sum(a{x="}"}) without (instance) / on (pod) group_left (node) b', ['a', 'b']],
    [
      'histogram_quantile(0.95, sum by (le) (rate(vllm:e2e_request_latency_seconds_bucket[5m]))) > 1e3',
      ['vllm:e2e_request_latency_seconds_bucket'],
    ],
    ['time() - last_success_timestamp_seconds > 36 * 3600', ['last_success_timestamp_seconds']],
    ['a == bool 0 and b unless c or d offset 5m', ['a', 'b', 'c', 'd']],
    ['max_over_time(queue_size[1h:5m]) / ignoring(x) limit_total', ['limit_total', 'queue_size']],
    ['label_replace(kube_job_status_failed{job_name=~"sbom-scan.*"}, "job", "$1", "job_name", "(.*)")', ['kube_job_status_failed']],
  ])('%s', (expr, series) => {
    expect(seriesOf(expr)).toEqual(series)
  })
})

test('Alloy keeps a series for every metric that a component watches', () => {
  const { regions } = planOf(testPlatform())
  const chosen = regions[0]!.units.map(({ name, definition, namespace, needs }) => ({
    name,
    namespace: namespace.name,
    needs,
    tier: definition.tier,
    category: definition.category,
    network: {},
    metrics: definition.metrics ?? [],
  }))
  const kept = new Set(keptSeries(chosen))
  for (const { name, metrics } of chosen) {
    for (const { expr } of metrics)
      expect(
        seriesOf(expr).filter((series) => !kept.has(series)),
        `${name}: ${expr}`,
      ).toEqual([])
  }
})
