import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import component from '../src/index.ts'

function platformWith(values: Record<string, unknown> = {}) {
  const platform = testPlatform()
  platform.spec.components['llm-gateway'] = {
    values: {
      models: [
        { name: 'claude', provider: 'anthropic', model: 'claude-sonnet-4-5' },
        { name: 'haiku', provider: 'anthropic', model: 'claude-haiku-4-5' },
      ],
    },
  }
  platform.spec.components['nemo-guardrails'] = { values }
  return platform
}

const withValues = (name: string, values: Record<string, unknown>) => ({ name, spec: () => platformWith(values) })

testComponent(component, {
  platform: () => platformWith(),
  cases: [
    { name: 'one-region', spec: oneRegion },
    withValues('small-judge', { checkModel: 'haiku', replicas: 1, streaming: { tokens: 100 } }),
    withValues('refuse-personal-data', { personalData: { input: ['PERSON', 'EMAIL_ADDRESS'], onInput: 'refuse', output: [] } }),
    withValues('input-only', { check: { output: false }, personalData: { input: [], output: [] } }),
  ],
})

const dataOf = (values: Record<string, unknown> = {}) => {
  const [rails] = objectsOf(planOf(platformWith(values)), { region: 'region-a', unit: 'nemo-guardrails' }).filter(
    ({ kind, name }) => kind === 'ConfigMap' && name === 'rails',
  )
  return new Map(Object.entries(Object(rails?.body['data'])).map(([key, text]) => [key, String(text)]))
}

test('asks the gateway for every model, by its first one where nobody names another', () => {
  const { models } = JSON.parse(dataOf({ checkModel: 'haiku' }).get('config.yml') ?? '{}')
  expect(models).toMatchObject([
    { type: 'main', model: 'claude', parameters: { base_url: 'http://litellm.llm-gateway.svc:4000/v1' } },
    { type: 'self_check_input', model: 'haiku' },
    { type: 'self_check_output', model: 'haiku' },
  ])
})

test('has a prompt for each check that is switched on, and none for a part of the message', () => {
  const { rails } = JSON.parse(dataOf().get('config.yml') ?? '{}')
  const { prompts } = JSON.parse(dataOf().get('prompts.yml') ?? '{}')
  expect(rails.input.flows).toEqual(['mask sensitive data on input', 'self check input'])
  expect(rails.output.flows).toEqual(['detect sensitive data on output', 'self check output'])
  expect(prompts).toMatchObject([
    { task: 'self_check_input', content: expect.stringContaining('{{ user_input }}') },
    { task: 'self_check_output', content: expect.stringContaining('{{ bot_response }}') },
  ])
})

test('both files of Python parse', () => {
  for (const file of ['server.py', 'rails.py']) {
    expect(() =>
      execFileSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: dataOf().get(file) }),
    ).not.toThrow()
  }
})

test('mounts each file of the ConfigMap, and no more', () => {
  const [deployment] = objectsOf(planOf(platformWith()), { region: 'region-a', unit: 'nemo-guardrails' }).filter(
    ({ kind }) => kind === 'Deployment',
  )
  const mounted = [...JSON.stringify(deployment?.body).matchAll(/"subPath":"([^"]+)"/g)].map(([, key]) => key)
  expect(new Set(mounted)).toEqual(new Set(dataOf().keys()))
})
