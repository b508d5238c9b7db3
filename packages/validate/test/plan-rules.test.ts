import { expect, test } from 'vitest'
import { rules } from '../src/index.ts'
import { catalogOf, planOf } from './examples.ts'

const run = (name: string, units: Parameters<typeof planOf>[0], spec: Parameters<typeof planOf>[1] = {}) => {
  const rule = rules.find((one) => one.name === name)
  if (rule?.on !== 'plan') throw new Error(`${name} does not look at the plan`)
  return rule.check(planOf(units, spec), { catalog: catalogOf(Object.keys(units)) })
}
const size = (name: string, memory: string, replicas?: number) => ({
  kind: replicas === undefined ? 'DaemonSet' : 'Deployment',
  name,
  cpu: '10m',
  memory,
  at: name,
  ...(replicas !== undefined && { replicas }),
})
const unit = (...workloads: object[]) => ({ budget: 'operations', releases: [{ name: 'main', workloads }] })

test('a budget counts replicas, and a daemon set three times, over all components of the category', () => {
  expect(run('category-budget', { reloader: unit(size('agent', '100Mi')), kyverno: unit(size('server', '90Mi', 2)) })).toEqual([])
  const [warning] = run('category-budget', { reloader: unit(size('agent', '100Mi')), kyverno: unit(size('server', '95Mi', 2)) })
  expect(warning).toMatchObject({ severity: 'warning', at: 'spec.components.reloader' })
  const [error] = run('category-budget', { reloader: unit(size('agent', '100Mi')), kyverno: unit(size('server', '110Mi', 2)) })
  expect(error?.message).toBe(
    'Unexpected 0.51Gi of memory requests in budget operations, expected at most 0.5Gi; the largest: agent 3 x 100Mi, server 2 x 110Mi (region-a, region-b)',
  )
  expect(error?.fix).toContain('`spec.components.reloader.helmValues.main.agent.resources.requests.memory`')
})

test('a Job that ends for good counts for no budget, one that comes again does', () => {
  const job = { kind: 'Job', name: 'job', cpu: '10m', memory: '600Mi', at: 'job', replicas: 1 }
  expect(run('category-budget', { reloader: unit({ ...job, once: true }) })).toEqual([])
  expect(run('category-budget', { reloader: unit(job) })).toHaveLength(1)
})

test('a Secret is made by an ExternalSecret, a Certificate, a database or on day 0, and by a need alone it is not', () => {
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    name: 'init',
    spec: { template: { spec: { containers: [{ envFrom: [{ secretRef: { name: 'admin' } }] }] } } },
  }
  const made = (...needs: { apiVersion: string; kind: string; name: string; spec?: object }[]) =>
    run('secret-has-producer', { harbor: { resources: { needs, install: [job] } } })
  expect(made({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'admin' })).toEqual([])
  expect(made({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'tls', spec: { secretName: 'admin' } })).toEqual([])
  expect(made()).toMatchObject([{ file: 'components/harbor/src/index.ts' }])
  expect(
    run('secret-has-producer', { harbor: { needs: [{ kind: 'secret', name: 'admin' }], resources: { install: [job] } } }),
  ).toHaveLength(1)
  expect(
    run('secret-has-producer', { harbor: { needs: [{ kind: 'secret', name: 'admin', day0: true }], resources: { install: [job] } } }),
  ).toEqual([])
})

test('a Secret that a person names wrongly is reported where it is named', () => {
  const harbor = { releases: [{ name: 'harbor', values: { existingSecret: 'admn' } }] }
  const settings = { harbor: { helmValues: { harbor: { existingSecret: 'admn' } } } }
  expect(run('secret-has-producer', { harbor })).toMatchObject([{ file: 'components/harbor/src/index.ts' }])
  expect(run('secret-has-producer', { harbor }, { components: settings })[0]).toMatchObject({
    at: 'spec.components.harbor.helmValues.harbor.existingSecret',
  })
})

test('a setting of what is not chosen, of a service that is not there, and one that repeats the platform have no effect', () => {
  const harbor = { values: { replicas: 2, web: { theme: 'dark' } }, releases: [{ name: 'harbor' }] }
  const found = run(
    'unused-setting',
    { harbor },
    {
      writeRegions: { harbor: 'region-a', temporal: 'region-b' },
      regions: [{ components: { gitea: { values: {} }, harbor: { values: { replicas: 2, web: { theme: 'light' } } } } }, {}],
    },
  )
  expect(found.map(({ at, severity }) => [at, severity ?? 'error'])).toEqual([
    ['spec.regions[0].components.gitea', 'error'],
    ['spec.writeRegions.temporal', 'error'],
    ['spec.regions[0].components.harbor.values.replicas', 'warning'],
  ])
})

test('a value that does not fit is placed under the region that set it', () => {
  const harbor = { schema: { type: 'object', properties: { replicas: { type: 'integer' } } }, values: { replicas: 'two' } }
  const regional = { regions: [{}, { components: { harbor: { values: { replicas: 'two' } } } }] }
  expect(run('values-schema', { harbor }, regional).map(({ at }) => at)).toEqual([
    'spec.components.harbor.values.replicas',
    'spec.regions[1].components.harbor.values.replicas',
  ])
})

test.each([
  ['docker.io/postgres:17', 1],
  ['docker.io/postgres:v2-alpine', 1],
  ['docker.io/postgres', 1],
  ['docker.io/postgres:17-0.107.0-ferretdb-2.7.0', 0],
  ['docker.io/postgres:18.4', 0],
  ['docker.io/postgres@sha256:0123', 0],
])('image %s has %i findings', (image, findings) => {
  const rule = rules.find(({ name }) => name === 'image-pinned')
  if (rule?.on !== 'object') throw new Error('image-pinned does not look at objects')
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'job' },
    spec: { template: { spec: { containers: [{ name: 'job', image }] } } },
  }
  expect(rule.check(job, { source: 'components/example/src/index.ts', own: true })).toHaveLength(findings)
})
