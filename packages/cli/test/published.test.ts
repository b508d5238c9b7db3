import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSchema } from '@openova/core'
import { afterEach, expect, test } from 'vitest'
import { commands } from '../src/commands/index.ts'
import { platformText } from './fixtures.ts'
import { Project } from './world.ts'

const folder = join(import.meta.dirname, '../../../schemas/cli')
const files = readdirSync(folder)
const schemas = new Map(files.map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Schema]))
interface Schema {
  $id: string
  definitions: { finding?: object }
}

let project: Project
afterEach(() => project.remove())

const broken = platformText('  components: { habor: {} }')
const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec: { group: example.org, names: { kind: Widget }, versions: [{ name: v1 }] }
`

test.each([
  ['findings', 'validate --json', platformText()],
  ['findings', 'validate --format json', broken],
  ['findings', 'validate . --json', 'kind: Secret\nmetadata: { name: a'],
  ['build', 'build --json', platformText()],
  ['build', 'build --check --json', platformText()],
  ['build', 'build --format json', broken],
  ['list', 'list --json', platformText('  components: { cnpg: {} }')],
  ['list', 'list --json', broken],
  ['capacity', 'capacity --json', platformText('  components: { cnpg: {} }')],
  ['capacity', 'capacity region-b --json', broken],
  ['secrets', 'secrets --json', platformText()],
  ['secrets', 'secrets --json', broken],
  ['explain', 'explain harbor --json', platformText()],
  ['explain', 'explain fabric --json', platformText()],
  ['explain', 'explain harbor.scanner --json', platformText()],
  ['explain', 'explain chart-pinned --json', platformText()],
  ['explain', 'explain write-failed --json', platformText()],
  ['values', 'values region-a harbor --json', platformText('  components: { harbor: { values: { replicas: 2 } } }')],
  ['values', 'values region-a harbor --json', broken],
  ['schemas', 'schemas --json', platformText()],
  ['schemas', 'schemas add crd.yaml --json', platformText()],
  ['schemas', 'schemas add clusters/platform.yaml --json', platformText()],
])('%s.schema.json describes `%s`', async (name, line, platform) => {
  project = new Project(platform)
  project.write('crd.yaml', crd)
  project.write('schemas/SOURCES.json', JSON.stringify({ core: { package: 'k8s.io/kubernetes', version: 'v1', kinds: ['core/v1/Pod'] } }))
  const { out } = await project.run(line)
  const schema = schemas.get(`${name}.schema.json`) ?? {}
  const data = JSON.parse(out) as object
  expect(checkSchema(schema, data)).toEqual([])
  expect(checkSchema(schema, { ...data, surprise: 1 })).not.toEqual([])
  for (const key of Object.keys(data)) expect(checkSchema(schema, { ...data, [key]: 17.5 })).not.toEqual([])
})

test('every command that prints data has a schema, which is called like it', async () => {
  project = new Project()
  const printing: string[] = []
  for (const [name, { load }] of Object.entries(commands)) if ('json' in (await load()).default.options) printing.push(name)
  expect(printing.map((name) => `${name === 'validate' ? 'findings' : name}.schema.json`).toSorted()).toEqual(files.toSorted())
})

test('a finding is the same in all of them, and each is called like its file', () => {
  project = new Project()
  const finding = schemas.get('findings.schema.json')?.definitions.finding
  for (const [file, { $id, definitions }] of schemas) {
    expect($id).toBe(`https://openova.io/schemas/cli/${file}`)
    expect(definitions.finding ?? finding).toEqual(finding)
  }
})
