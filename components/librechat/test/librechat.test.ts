import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { expect, test } from 'vitest'
import component from '../src/index.ts'

function platformWith(values: Record<string, unknown> = {}, others: readonly string[] = ['nemo-guardrails', 'valkey']) {
  const platform = testPlatform()
  platform.spec.components['llm-gateway'] = {
    values: {
      models: [
        { name: 'claude', provider: 'anthropic', model: 'claude-sonnet-4-5' },
        { name: 'gpt', provider: 'openai', model: 'gpt-5' },
      ],
    },
  }
  for (const name of others) platform.spec.components[name] = {}
  platform.spec.components['librechat'] = { values }
  return platform
}

testComponent(component, {
  platform: () => platformWith(),
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'alone', spec: () => platformWith({}, []) },
    { name: 'keycloak', spec: () => platformWith({}, ['nemo-guardrails', 'valkey', 'keycloak']) },
    { name: 'without-agents', spec: () => platformWith({ agents: false, welcome: 'Hello', fileSizeMb: 10 }) },
    {
      name: 'tools',
      spec: () =>
        platformWith({
          mcpServers: [
            { name: 'knowledge', url: 'http://retrieval.knowledge.svc:8000/mcp' },
            { name: 'weather', url: 'https://mcp.example.org/mcp' },
          ],
        }),
    },
    {
      name: 'no-model-yet',
      spec: (base) => {
        base.spec.components['llm-gateway'] = {}
        return base
      },
    },
  ],
})

function configOf(platform: ReturnType<typeof testPlatform>) {
  const [found] = objectsOf(planOf(platform), { region: 'region-a', unit: 'librechat' }).filter(
    ({ kind, name }) => kind === 'ConfigMap' && name === 'librechat',
  )
  return JSON.parse(String(Object(found?.body['data'])['librechat.yaml']))
}

const rails = 'http://nemo-guardrails.nemo-guardrails.svc:8000/v1'
const gateway = 'http://litellm.llm-gateway.svc:4000/v1'

test('leads chats through the rails, and agents past them', () => {
  const { endpoints, modelSpecs } = configOf(platformWith())
  expect(endpoints.custom).toMatchObject([
    { name: 'Chat', baseURL: rails, apiKey: 'none' },
    { name: 'Models', baseURL: gateway, apiKey: '${LLM_API_KEY}' },
  ])
  expect(endpoints.agents).toMatchObject({ allowedProviders: ['Models'] })
  expect(modelSpecs.list).toMatchObject([
    { name: 'claude', default: true, preset: { endpoint: 'Chat', model: 'claude' } },
    { name: 'gpt', preset: { endpoint: 'Chat', model: 'gpt' } },
  ])
})

test('without agents knows no way past the rails', () => {
  expect(JSON.stringify(configOf(platformWith({ agents: false })))).not.toContain(gateway)
})

test('without rails goes straight to the gateway, and says so', () => {
  const platform = platformWith({}, [])
  expect(configOf(platform).endpoints.custom).toMatchObject([{ name: 'Models', baseURL: gateway }])
  expect(findingsOn('librechat', platform).map(({ severity, message }) => `${severity} ${message}`)).toEqual([
    expect.stringMatching(/^warning .*without nemo-guardrails/),
    expect.stringMatching(/^warning .*2 pods without valkey/),
  ])
})

test('can be brought up before there is a model', () => {
  const platform = platformWith()
  platform.spec.components['llm-gateway'] = {}
  expect(findingsOn('llm-gateway', platform).map(({ severity }) => severity)).toContain('warning')
  expect(configOf(platform).endpoints.custom[0].models).toEqual({ default: ['none'], fetch: true })
})

test('chosen alone brings the gateway, documents and databases', () => {
  const platform = testPlatform()
  platform.spec.components = { ...platform.spec.components, librechat: {} }
  const names = planOf(platform).regions[0]?.units.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['llm-gateway', 'ferretdb', 'cnpg']))
})

test('both regions answer on the documents of the one that writes', () => {
  const plan = planOf(platformWith())
  for (const region of ['region-a', 'region-b']) {
    const objects = objectsOf(plan, { region, unit: 'librechat' })
    expect(JSON.stringify(objects.find(({ kind, name }) => kind === 'ExternalSecret' && name === 'documents-librechat')?.body)).toContain(
      '@ferretdb-write.ferretdb.svc:27017/librechat',
    )
    expect(objects.find(({ kind }) => kind === 'Deployment')?.workloads[0]?.replicas).toBe(2)
  }
})
