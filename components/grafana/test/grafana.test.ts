import { type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    {
      name: 'with-keycloak',
      spec: (base) => {
        base.spec.components.keycloak = {}
        return base
      },
    },
    { name: 'one-region', spec: oneRegion },
    {
      name: 'with-kafka',
      spec: (base) => {
        base.spec.components.strimzi = {}
        return base
      },
    },
    { name: 'two-replicas', spec: () => platformWith({ replicas: 2 }) },
    { name: 'persistent', spec: () => platformWith({ persistent: true }) },
    { name: 'alerts-to-a-webhook', spec: () => platformWith({ alerts: { webhook: true } }) },
  ],
})

function platformWith(values: Record<string, unknown>): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['grafana'] = { values }
  return platform
}

const plan = planOf(testPlatform())
const { units } = plan.regions[0]!
const objects = objectsOf(plan, { region: 'region-a', unit: 'grafana' })
const dataOf = (name: string) =>
  objects.find((one) => one.kind === 'ConfigMap' && one.name === name)?.body['data'] as Record<string, string>

test('two pods without a database to share are refused', () => {
  const platform = platformWith({ replicas: 2 })
  delete platform.spec.components['cnpg']
  const findings = findingsOn('grafana', platform)
  expect(findings).toMatchObject([{ at: 'spec.components.grafana.values.replicas' }])
})

describe('the alert rules', () => {
  const { groups } = JSON.parse(dataOf('mimir-rules')['openova.yaml']!) as { groups: { name: string; rules: Rule[] }[] }
  interface Rule {
    alert?: string
    record?: string
    expr: string
    for?: string
  }

  test('hold the service levels at the bounds of the seed', () => {
    const levels = groups.find(({ name }) => name === 'service-levels')!.rules
    expect(levels.filter(({ alert }) => alert).map((rule) => `${rule.expr} for ${rule.for}`)).toEqual([
      '(service:availability:percent5m) < 99.5 for 5m',
      '(service:latency:p95_5m) > 1 for 5m',
      '(service:errors:percent5m) > 1 for 5m',
    ])
    expect(levels.filter(({ record }) => record)).toHaveLength(3)
  })

  test('have one for every metric with a threshold, of every component', () => {
    const expected = units.flatMap(({ name, definition: { metrics = [] } }) =>
      metrics.filter(({ above, below }) => above !== undefined || below !== undefined).map((metric) => `${name}: ${metric.name}`),
    )
    const written = groups.slice(1).flatMap(({ rules }) => rules.map(({ alert }) => alert))
    expect(new Set(written)).toEqual(new Set(expected))
  })
})

describe('dashboards', () => {
  test('come with the component that they show, into the one namespace that Grafana reads', () => {
    const expected = units.filter(({ definition }) => definition.metrics).map(({ name }) => `${name} dashboard-${name} config grafana`)
    const written = units.flatMap(({ name: unit }) =>
      objectsOf(plan, { region: 'region-a', unit })
        .filter(({ name }) => name.startsWith('dashboard-') && name !== 'dashboard-platform')
        .map(({ name, stage, namespace }) => `${unit} ${name} ${stage} ${namespace}`),
    )
    expect(written).toEqual(expected)
  })

  test('have a panel for each metric', () => {
    const cilium = objectsOf(plan, { region: 'region-a', unit: 'cilium' }).find(({ name }) => name === 'dashboard-cilium')
    const { panels } = JSON.parse((cilium!.body['data'] as Record<string, string>)['cilium.json']!) as { panels: { title: string }[] }
    expect(panels.map(({ title }) => title)).toEqual(expect.arrayContaining(['Failing controllers', 'Peer cluster ready', 'Memory']))
  })
})

test('no key of a bucket stands in a ConfigMap or in helm values', () => {
  expect(dataOf('mimir')['mimir.yaml']).toContain('"secret_access_key": "${MIMIR_BLOCKS_SECRET_KEY}"')
  const { stages } = units.find(({ name }) => name === 'grafana')!
  const loki = stages.flatMap(({ releases }) => releases).find(({ name }) => name === 'loki')!
  expect(loki.values).toHaveProperty('loki.storage.s3.secretAccessKey', '${LOKI_DATA_SECRET_KEY}')
})

test('the person who supplies the address of the webhook does not hold up the metrics', () => {
  const stages = objectsOf(planOf(platformWith({ alerts: { webhook: true } })), { region: 'region-a', unit: 'grafana' })
  expect(
    stages
      .filter(({ name }) => name === 'alert-webhook')
      .map(({ kind, stage }) => `${kind} ${stage}`)
      .toSorted(),
  ).toEqual(['CiliumNetworkPolicy config', 'ExternalSecret config'])
})
