import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'written-in-b',
      spec: (base) => {
        base.spec.writeRegions['langfuse'] = 'region-b'
        return base
      },
    },
    {
      name: 'keycloak',
      spec: (base) => {
        base.spec.components['keycloak'] = {}
        return base
      },
    },
    {
      name: 'keycloak-and-passwords',
      spec: (base) => {
        base.spec.components['keycloak'] = {}
        base.spec.components['langfuse'] = { values: { passwords: true, newcomers: 'NONE', web: { replicas: 2, memory: '1Gi' } } }
        return base
      },
    },
  ],
})

const withLangfuse = () => {
  const platform = testPlatform()
  platform.spec.components['langfuse'] = {}
  return platform
}

const unitOf = (platform: ReturnType<typeof testPlatform>, region: string, name: string) =>
  planOf(platform)
    .regions.find((one) => one.region.name === region)
    ?.units.find((unit) => unit.name === name)

const releaseIn = (region: string) => unitOf(withLangfuse(), region, 'langfuse')?.stages.flatMap(({ releases }) => releases)[0]

test('runs where its stores are written, and nowhere else', () => {
  expect(releaseIn('region-a')?.workloads.map(({ name, replicas }) => [name, replicas])).toEqual([
    ['langfuse-web', 1],
    ['langfuse-worker', 1],
  ])
  // A part without replicas falls back to those of all.
  expect(releaseIn('region-b')?.values).toMatchObject({ langfuse: { replicas: 0, web: { replicas: 0 }, worker: { replicas: 0 } } })
})

test('starts none of the stores that the chart brings', () => {
  const off = { deploy: false }
  expect(releaseIn('region-a')?.values).toMatchObject({ postgresql: off, redis: off, clickhouse: off, s3: off })
})

test('knows the keys of the project by which the gateway traces, in both regions', () => {
  const platform = withLangfuse()
  platform.spec.components['llm-gateway'] = { values: { models: [{ name: 'claude', provider: 'anthropic', model: 'claude-sonnet-4-5' }] } }
  for (const region of ['region-a', 'region-b']) {
    const path = { scope: 'shared', path: 'shared/region-a/langfuse/project', readOnly: true }
    expect(unitOf(platform, region, 'llm-gateway')?.needs.find(({ key }) => key === 'traces')?.ask).toMatchObject(path)
    const values = unitOf(platform, region, 'llm-gateway')?.stages.flatMap(({ releases }) => releases)[0]?.values
    expect(values).toMatchObject({
      envVars: { LANGFUSE_OTEL_HOST: 'http://langfuse-web-write.langfuse.svc:3000' },
      proxy_config: { litellm_settings: { callbacks: ['prometheus', 'langfuse_otel'] } },
    })
  }
})

test('both regions send traces to the one that writes', () => {
  const services = ['region-a', 'region-b'].map((region) =>
    objectsOf(planOf(withLangfuse()), { region, unit: 'langfuse' }).find(
      ({ kind, name }) => kind === 'Service' && name === 'langfuse-web-write',
    ),
  )
  expect(services.map((service) => Object(service?.body['spec']).selector)).toEqual([
    { 'app.kubernetes.io/name': 'langfuse', app: 'web' },
    undefined,
  ])
})
