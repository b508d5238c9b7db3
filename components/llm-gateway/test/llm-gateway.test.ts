import { defineComponent, valuesOf } from '@openova/core'
import { catalogWith, findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import component, { type LlmGatewayValues } from '../src/index.ts'

const claude = { name: 'claude', provider: 'anthropic', model: 'claude-sonnet-4-5' }

function platformWith(values: object = {}) {
  const platform = testPlatform()
  platform.spec.components['llm-gateway'] = { values: { models: [claude], ...values } }
  return platform
}

const withValues = (name: string, values: object) => ({ name, spec: () => platformWith(values) })

testComponent(component, {
  platform: () => platformWith(),
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'other-write-region',
      spec: (base) => {
        base.spec.writeRegions['llm-gateway'] = 'region-b'
        return base
      },
    },
    withValues('adapter', {
      models: [
        {
          name: 'claude',
          provider: 'openai-compatible',
          model: 'claude',
          address: 'http://anthropic-adapter.cortex.svc:8000/v1',
          authenticated: false,
        },
        { name: 'gpt', provider: 'azure', model: 'gpt-5', address: 'https://example.openai.azure.com' },
        { name: 'embed', provider: 'openai', model: 'text-embedding-3-large', mode: 'embedding' },
      ],
    }),
    withValues('keys', {
      keys: [{ name: 'claude-code', models: ['claude'], budget: 100, requestsPerMinute: 60, tokensPerMinute: 100_000 }, { name: 'batch' }],
    }),
    withValues('budget-without-ui', { budget: { amount: 1000 }, ui: false, replicas: 1, timeout: 60 }),
  ],
})

const messages = (values: object) =>
  findingsOn('llm-gateway', platformWith(values)).map(
    ({ severity, at, message }) => `${severity} ${at.replace(/.*values\./, '')}: ${message}`,
  )

test('is refused without a model, and with a chat before it only warned of', () => {
  const platform = platformWith({ models: [] })
  const severity = () => findingsOn('llm-gateway', platform).find(({ message }) => message.includes('without a model'))?.severity
  expect(severity()).toBe('error')
  platform.spec.components['librechat'] = {}
  expect(severity()).toBe('warning')
})

test('says which model, address or key is wrong', () => {
  expect(messages({ models: [claude, claude, { name: 'own', provider: 'openai-compatible', model: 'own' }] }).join('\n')).toMatch(
    /second model `claude`[\s\S]*empty `address`/,
  )
  expect(messages({ keys: [{ name: 'one' }, { name: 'one', models: ['gpt'] }] }).join('\n')).toMatch(
    /second key `one`[\s\S]*model `gpt`, expected one of claude/,
  )
})

test('says that pods count apart without valkey', () => {
  expect(messages({}).join('\n')).toContain('without valkey')
  expect(messages({ replicas: 1 })).toEqual([])
})

test('migrates and registers keys in the write region only, and both regions call its database', () => {
  const plan = planOf(platformWith())
  const [a, b] = plan.regions.map(({ units }) => units.find(({ name }) => name === 'llm-gateway'))
  const values = [a, b].map((unit) => unit?.stages.flatMap(({ releases }) => releases)[0]?.values)
  expect(values[0]).toMatchObject({ migrationJob: { enabled: true }, db: { endpoint: 'litellm-write.llm-gateway.svc:5432' } })
  expect(values[1]).toMatchObject({
    migrationJob: { enabled: false },
    db: { endpoint: 'litellm-write.llm-gateway.svc:5432' },
    envVars: { DISABLE_SCHEMA_UPDATE: 'true' },
  })
  expect(values[0]).not.toHaveProperty('envVars.DISABLE_SCHEMA_UPDATE')
  const jobs = ['region-a', 'region-b'].map((region) =>
    objectsOf(plan, { region, unit: 'llm-gateway' }).filter(({ kind, name }) => kind === 'Job' && name === 'keys'),
  )
  expect(jobs.map(({ length }) => length)).toEqual([1, 0])
})

test('supplies one key for each provider, and one for each server with an address of its own', () => {
  const values: Pick<LlmGatewayValues, 'models'> = {
    models: ['claude-a', 'claude-b'].map((name) => ({
      name,
      provider: 'anthropic',
      model: name,
      address: '',
      authenticated: true,
      mode: 'chat',
    })),
  }
  const own = { name: 'own/model', provider: 'openai-compatible', model: 'own', address: 'https://models.example.org/v1' }
  const plan = planOf(platformWith({ models: [...values.models, own] }))
  const secret = plan.regions[0]?.units.find(({ name }) => name === 'llm-gateway')?.needs.find(({ key }) => key === 'providers')
  expect(Object.keys(secret?.kind === 'secret' ? secret.ask.keys : {})).toEqual(['anthropic', 'own-model'])
})

test('leads to the models that run on the platform first, by their own key', () => {
  const nothing = valuesOf({ type: 'object', properties: {} })
  const models = (['vllm', 'bge'] as const).map((name) =>
    defineComponent({ name, tier: 'a-la-carte', category: 'ai-ml', namespace: name, values: nothing }),
  )
  const platform = platformWith({ vllmModel: 'qwen3-32b' })
  for (const { name } of models) platform.spec.components[name] = {}
  const unit = planOf(platform, catalogWith(...models)).regions[0]?.units.find(({ name }) => name === 'llm-gateway')
  const { values } = unit?.stages.flatMap(({ releases }) => releases)[0] ?? {}
  expect(values).toMatchObject({
    proxy_config: {
      model_list: [
        {
          model_name: 'qwen3-32b',
          litellm_params: {
            model: 'hosted_vllm/qwen3-32b',
            api_base: 'http://vllm-predictor.vllm.svc/v1',
            api_key: 'os.environ/VLLM_API_KEY',
          },
        },
        { model_name: 'bge-m3', model_info: { mode: 'embedding' }, litellm_params: { api_key: 'os.environ/NO_KEY' } },
        { model_name: 'bge-reranker', model_info: { mode: 'rerank' } },
        { model_name: 'claude' },
      ],
    },
    extraEnvVars: expect.arrayContaining([{ name: 'VLLM_API_KEY', valueFrom: { secretKeyRef: { name: 'vllm', key: 'apiKey' } } }]),
  })
  expect(unit?.needs.find(({ key }) => key === 'vllm')?.ask).toMatchObject({ path: 'region/vllm/api-key', readOnly: true })
})

test('the script of the Job parses, and shows keys to nobody', () => {
  const [job] = objectsOf(planOf(platformWith({ keys: [{ name: 'batch' }] })), { region: 'region-a', unit: 'llm-gateway' }).filter(
    ({ kind, name }) => kind === 'Job' && name === 'keys',
  )
  const text = JSON.stringify(job?.body)
  const script: unknown = JSON.parse(`"${/"-euc","((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? ''}"`)
  expect(() => execFileSync('/bin/sh', ['-n'], { input: String(script) })).not.toThrow()
  expect(runWith(String(script))).toEqual([
    'POST /key/delete {"key_aliases":["git/batch"]}',
    'POST /key/generate {"key":"sk-0","key_alias":"git/batch","models":[],"max_budget":null,"budget_duration":null,"rpm_limit":null,"tpm_limit":null}',
    'POST /key/delete {"key_aliases":["git/gone"]}',
  ])
})

/** Runs the script against a curl that knows two keys, and says what it was asked to change. */
function runWith(script: string): string[] {
  const curl = `curl() {
  case "$*" in
    *http_code*) printf 404 ;;
    *page=1) printf '%s' '{"keys":[{"key_alias": "git/gone"},{"key_alias":"person"},{"key_alias":"git/batch"}]}' ;;
    *page=*) printf '%s' '{"keys":[]}' ;;
    *)
      for word in "$@"; do case "$word" in http*) path=\${word#http://litellm.llm-gateway.svc:4000} ;; '{'*) data=$word ;; esac; done
      echo "POST $path $data" >&2
      ;;
  esac
}
`
  const output = execFileSync('/bin/sh', ['-euc', `exec 3>&1; { ${curl}${script} } 2>&1 >/dev/null`], {
    env: { MASTER_KEY: 'sk-master', KEY_0: 'sk-0', PATH: process.env['PATH'] },
    encoding: 'utf8',
  })
  expect(output).not.toContain('master')
  return output.trim().split('\n')
}
