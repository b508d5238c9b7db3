import { type Plan, type PlatformSpec, getIn } from '@openova/core'
import { planOf, testComponent, testPlatform } from '@openova/testing'
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
    { name: 'three-nodes', spec: (base) => withValues(base, { replicas: 3, cpu: '500m' }) },
    {
      name: 'soar',
      spec: (base) => withValues(base, { soar: { endpoint: 'https://specter.example.com/alerts', authenticated: true } }),
    },
    { name: 'one-region', spec: (base) => ({ ...base, spec: { ...base.spec, regions: base.spec.regions.slice(0, 1) } }) },
  ],
})

describe('opensearch', () => {
  test('gives half of the memory to the heap', () => {
    const nodes = unitOf(planOf(withValues(testPlatform(), { memory: '3Gi' }))).releases[0]!
    expect(getIn(nodes.values, 'opensearchJavaOpts')).toMatch(/^-Xms1536m -Xmx1536m /)
    expect(getIn(nodes.values, 'resources.requests.memory')).toBe('3Gi')
  })

  test('keeps a copy of each event only where a second node can hold it', () => {
    const replicasIn = (plan: Plan) => /"number_of_replicas":(\d)/.exec(scriptOf(plan, 'setup'))?.[1]
    expect(replicasIn(planOf(testPlatform()))).toBe('0')
    expect(replicasIn(planOf(withValues(testPlatform(), { replicas: 3 })))).toBe('1')
  })

  test('makes the user who writes events after the template of their indices', () => {
    const script = scriptOf(planOf(testPlatform()), 'setup')
    expect(script.indexOf('internalusers/ingest')).toBeGreaterThan(script.indexOf('_index_template/siem'))
  })

  test('deletes what it follows later than its own, after it stopped to follow', () => {
    const script = scriptOf(planOf(testPlatform()), 'setup')
    expect(script).toContain('"min_index_age":"30d"')
    expect(script).toMatch(/"min_index_age":"37d".*"stop_replication":\{\}.*"delete":\{\}.*siem-region-b-\*/)
  })

  test('holds no password in the script of a Job', () => {
    expect(scriptOf(planOf(testPlatform()), 'setup')).toContain(`internalusers/ingest '{"password":"'"$INGEST_PASSWORD"'"}'`)
  })

  test.each([
    [{ retention: { hotDays: 40 } }, 'set `followedDays: 47`'],
    [{ soar: { authenticated: true } }, 'set `soar.endpoint`'],
  ])('refuses %j: %s', (values, fix) => {
    expect(() => planOf(withValues(testPlatform(), values))).toThrow(fix)
  })

  test('refuses three nodes on two', () => {
    const platform = withValues(testPlatform(), { replicas: 3 })
    for (const { pools } of platform.spec.regions) for (const pool of pools) pool.count = 2
    expect(() => planOf(platform)).toThrow('set `replicas: 1`, or add nodes')
  })
})

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components.opensearch = { values }
  return base
}

function unitOf(plan: Plan) {
  const { stages } = plan.regions[0]!.units.find(({ name }) => name === 'opensearch')!
  return { releases: stages.flatMap(({ releases }) => releases), resources: stages.flatMap(({ resources }) => resources) }
}

function scriptOf(plan: Plan, job: string): string {
  const found = unitOf(plan).resources.find(({ kind, name }) => kind === 'Job' && name === job)
  return String(getIn(found?.body, 'spec.template.spec.containers.0.command.2'))
}
