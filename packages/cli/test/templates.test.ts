import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '@openova/catalog'
import { checkSchema, parseMemory, type PlatformSpec, podsPerNode } from '@openova/core'
import { painter } from '@openova/report'
import { afterEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { generate } from '../src/generate.ts'
import { findProject } from '../src/project.ts'
import { nodeDisk } from '../src/write/disk.ts'
import { Project } from './world.ts'

let project: Project
afterEach(() => project.remove())

const real = { loadCatalog: () => Promise.resolve(catalog) }
const template = (name: string) => readFileSync(join(import.meta.dirname, `../src/templates/${name}.yaml`), 'utf8')
const open = (text: string) => (project = new Project(text))
async function capacityOf(text: string): Promise<Capacity> {
  open(text)
  return JSON.parse((await project.run('capacity --json', real)).out) as Capacity
}
interface Amount {
  cpu: number
  memory: number
  pods: number
  volumes: number
}
interface Capacity {
  regions: {
    nodes: number
    requested: Amount
    schedulable: Amount
    budgets: { name: string; used: number; limit: number }[]
    withoutBudget: { components: string[]; used: number }
    largest: { component: string; workload: string; pods: number; cpu: number; memory: number }[]
  }[]
}

describe.each([
  { name: 'minimal', regions: 1, aLaCarte: 0 },
  { name: 'standard', regions: 2, aLaCarte: 0 },
  { name: 'cortex', regions: 2, aLaCarte: 14 },
  { name: 'full', regions: 2, aLaCarte: 26 },
])('template $name', ({ name, regions: count, aLaCarte }) => {
  test('is written by init and builds without an error', async () => {
    project = new Project()
    expect(await project.run(`init --template ${name}`)).toMatchObject({ code: 0 })
    const world = {
      folder: project.folder,
      disk: nodeDisk,
      print: () => {},
      complain: () => {},
      paint: painter(false),
      now: () => 0,
      schemaCheck: () => Promise.resolve(() => []),
      ...real,
    }
    const { tree, findings } = await generate(findProject(project.folder), world, { previous: undefined })
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(tree?.get('region-a/README.md')).toBeDefined()
    expect(tree?.has('region-b/README.md')).toBe(count === 2)
  })

  test('has all 26 mandatory components, and list says so', async () => {
    open(template(name))
    expect((await project.run('list', real)).out).toContain(`26 of 26 mandatory, ${aLaCarte} of 26 a la carte`)
  })

  test('fits its nodes and its budgets', async () => {
    const { regions } = await capacityOf(template(name))
    for (const { requested, schedulable, budgets, nodes } of regions) {
      for (const key of ['cpu', 'memory', 'pods', 'volumes'] as const) expect(requested[key]).toBeLessThanOrEqual(schedulable[key])
      expect(requested.pods).toBeLessThanOrEqual(nodes * podsPerNode)
      expect(budgets).toHaveLength(6)
      for (const { used, limit } of budgets) {
        expect(used).toBeGreaterThan(0)
        expect(used).toBeLessThanOrEqual(limit)
      }
    }
  })
})

test('full is what the committed platform shows', () => {
  const choices = (text: string) => {
    const { products, components, regions } = (parse(text) as { spec: PlatformSpec['spec'] }).spec
    return {
      products,
      components: Object.keys(components).filter((name) => name !== 'velero'),
      pools: regions.map(({ pools }) => pools.map(({ name, count, cpu, memory, gpu }) => ({ name, count, cpu, memory, gpu }))),
    }
  }
  const committed = choices(readFileSync(join(import.meta.dirname, '../../../clusters/platform.yaml'), 'utf8'))
  const offered = choices(template('full'))
  expect({ ...offered, components: offered.components.toSorted() }).toEqual({ ...committed, components: committed.components.toSorted() })
})

test('minimal stays within three nodes of 8 GB, less what they keep', async () => {
  const { regions } = await capacityOf(template('minimal'))
  expect(regions).toHaveLength(1)
  expect(regions[0]).toMatchObject({ nodes: 3, schedulable: { cpu: 3 * 3500, pods: 150 } })
  expect(regions[0]!.schedulable.memory).toBeLessThan(3 * parseMemory('5.6Gi'))
})

test('standard keeps three OpenSearch nodes in each region', async () => {
  const { regions } = await capacityOf(template('standard'))
  expect(regions.map(({ largest }) => largest[0])).toEqual(
    [1, 2].map(() => ({
      component: 'opensearch',
      workload: expect.any(String),
      pods: 3,
      cpu: 1500,
      memory: 3 * parseMemory('2Gi'),
    })),
  )
})

const over = (memory: string) =>
  `${template('minimal')}    minio:\n      helmValues: { minio: { resources: { requests: { memory: ${memory} } } } }\n`

test('a component that takes its category over budget is refused, naming the value to change', async () => {
  open(over('512Mi'))
  expect(await project.run('capacity', real)).toMatchObject({ code: 0 })
  project.write('clusters/platform.yaml', over('1Gi'))
  const { code, out } = await project.run('capacity', real)
  expect(code).toBe(1)
  expect(out).toMatch(
    / {2}spec\.components\.minio\n {2}error category-budget: Unexpected 4\.\d\dGi [^\n]* budget storage, expected at most 4Gi/,
  )
  expect(out).toMatch(/fix: lower `spec\.components\.minio\.helmValues\.minio\.resources\.requests\.memory`/)
})

test('more than the nodes hold is refused even where no budget counts it', async () => {
  open(`${template('minimal')}    opensearch:\n      values: { memory: 8Gi }\n`)
  const { code, out } = await project.run('capacity', real)
  expect(code).toBe(1)
  expect(out).toContain('error region-capacity: ')
})

describe('capacity', () => {
  test('names one region and refuses an unknown one', async () => {
    open(template('standard'))
    const { out } = await project.run('capacity region-b', real)
    expect(out).toMatch(/^region-b +requested of schedulable, hz-nbg-rtz-prod, 3 nodes$/m)
    expect(out).toMatch(/^memory +[█░]{12} {2}\d+\.\d\dGi of 40\.05Gi$/m)
    expect(out).toMatch(/^no budget +\d\.\d\dGi in 9 mandatory components$/m)
    expect(out).not.toMatch(/^region-a/m)
    expect(await project.run('capacity region-c', real)).toMatchObject({
      code: 2,
      err: expect.stringContaining("unknown region 'region-c'"),
    })
  })
})

describe('secrets', () => {
  test('lists what exists before Flux, and what a person puts where, with the stage that waits', async () => {
    open(template('minimal'))
    const { code, out } = await project.run('secrets', real)
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}openbao\/openbao-seal +key +32 random bytes/m)
    expect(out).toMatch(/^ {2}secret\/supplied\/external-dns\/dns +external-dns\/needs +token +Cloudflare API token/m)
    expect(out).not.toContain('clustermesh')
  })

  test('as data, is described by its schema, with keys', async () => {
    open(template('standard'))
    const data = JSON.parse((await project.run('secrets region-b --json', real)).out) as { regions: { name: string; supplied: object[] }[] }
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../schemas/cli/secrets.schema.json'), 'utf8')) as object
    expect(checkSchema(schema, data)).toEqual([])
    expect(data.regions.map(({ name }) => name)).toEqual(['region-b'])
    expect(data.regions[0]!.supplied).toContainEqual(
      expect.objectContaining({
        path: 'supplied/minio/archival',
        stage: 'minio/config',
        command: expect.stringContaining('accessKey=...'),
      }),
    )
  })
})
