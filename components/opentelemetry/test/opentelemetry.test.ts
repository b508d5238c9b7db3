import { getIn } from '@openova/core'
import { oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'with-kafka',
      spec: (base) => {
        base.spec.components.strimzi = {}
        return base
      },
    },
    {
      name: 'more-traces',
      spec: (base) => {
        base.spec.components.opentelemetry = { values: { traces: { replicas: 2, sampling: 1 } } }
        return base
      },
    },
  ],
})

describe('opentelemetry', () => {
  test('brings reports to the OpenSearch of its own region, as the user who may write there', () => {
    const { siem, secret } = configOf()
    expect(getIn(siem.body, 'spec.config.exporters.opensearch/trivy.logs_index')).toBe('siem-region-a-trivy')
    expect(getIn(siem.body, 'spec.config.exporters.opensearch/kyverno.logs_index')).toBe('siem-region-a-kyverno')
    expect(getIn(secret.body, 'spec.dataFrom.0.extract.key')).toBe('region/opensearch/ingest')
  })

  test('watches by one pod, since two would write everything twice', () => {
    expect(getIn(configOf().siem.body, 'spec.replicas')).toBe(1)
  })

  test('names in each pipeline only what is configured', () => {
    for (const { body } of Object.values(configOf())) {
      const pipelines = getIn(body, 'spec.config.service.pipelines') ?? {}
      for (const pipeline of Object.values(pipelines)) {
        for (const part of ['receivers', 'processors', 'exporters'] as const) {
          expect(Object.keys(getIn(body, `spec.config.${part}`) ?? {})).toEqual(expect.arrayContaining(pipeline[part]))
        }
      }
    }
  })
})

function configOf() {
  const unit = planOf(testPlatform()).regions[0]!.units.find(({ name }) => name === 'opentelemetry')!
  const find = (kind: string, name: string) =>
    unit.stages.flatMap(({ resources }) => resources).find((one) => one.kind === kind && one.name === name)!
  return {
    siem: find('OpenTelemetryCollector', 'siem'),
    traces: find('OpenTelemetryCollector', 'traces'),
    secret: find('ExternalSecret', 'opensearch'),
  }
}
