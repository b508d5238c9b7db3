import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { getList, getText, isObject } from '../json.ts'
import { readFactPaths } from './facts.ts'
import type { FactPath } from './facts.ts'
import { findCommentedKeys } from './commented-keys.ts'
import { addPath, shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'

/** What the folder of published charts says about one chart. */
export interface Chart {
  name: string
  component: string
  /** Of Chart.yaml and of facts.yaml: some repositories hold a placeholder in Chart.yaml. */
  versions: string[]
  /** Real and commented-out keys of values.yaml. */
  values: Shape
  /** values.schema.json, where there is one. */
  schema: unknown
  facts: FactPath[]
  /** Key in the values (name or alias) to name of the chart. */
  subcharts: Map<string, string>
}

/** `<component>/charts/<chart>/{Chart.yaml,values.yaml,values.schema.json}`, `<component>/crds/`, `<component>/facts.yaml`. */
export interface Upstream {
  /** The chart of that name, the component's own before another component's. */
  findChart(name: string, component: string): Chart | undefined
}

export function openUpstream(folder: string): Upstream {
  const folders = readdirSync(folder)
    .flatMap((component) => listFolders(join(folder, component, 'charts')).map((name) => ({ component, name })))
    .filter(({ component, name }) => existsSync(join(folder, component, 'charts', name, 'values.yaml')))
  const read = new Map<string, Chart>()

  return {
    findChart(name, component) {
      const candidates = folders.filter((candidate) => candidate.name === name)
      const found = candidates.find((candidate) => candidate.component === component) ?? candidates[0]
      if (found === undefined) return undefined
      const key = `${found.component}/${name}`
      if (!read.has(key)) read.set(key, readChart(folder, found.component, name))
      return read.get(key)
    },
  }
}

function readChart(folder: string, component: string, name: string): Chart {
  const chartFolder = join(folder, component, 'charts', name)
  const valuesText = readFileSync(join(chartFolder, 'values.yaml'), 'utf8')
  const schemaFile = join(chartFolder, 'values.schema.json')
  const manifest = readYaml(join(chartFolder, 'Chart.yaml'))
  const facts = readYaml(join(folder, component, 'facts.yaml'))

  return {
    name,
    component,
    versions: [manifest, ...getList(facts, 'charts').filter((chart) => getText(chart, 'name') === name)]
      .map((source) => getText(source, 'version'))
      .filter((version) => version !== undefined),
    values: readValues(valuesText),
    schema: existsSync(schemaFile) ? JSON.parse(readFileSync(schemaFile, 'utf8')) : undefined,
    facts: readFactPaths(facts, name),
    subcharts: new Map(
      getList(manifest, 'dependencies').flatMap((dependency) => {
        const chart = getText(dependency, 'name')
        return chart === undefined ? [] : [[getText(dependency, 'alias') ?? chart, chart] as const]
      }),
    ),
  }
}

/** The shape of a values.yaml, with what its comments offer. */
export function readValues(text: string): Shape {
  const values = parse(text, { uniqueKeys: false, maxAliasCount: -1, merge: true, logLevel: 'error' }) as unknown
  const shape = isObject(values) ? shapeOf(values) : { keys: new Map(), open: true }
  for (const { path, open } of findCommentedKeys(text)) addPath(shape, path, open)
  return shape
}

/** Some charts keep `version: "{{ .Version }}"` or worse in their repository: then only the facts know. */
function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { logLevel: 'error' }) as unknown
  } catch {
    return undefined
  }
}

function listFolders(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : []
}
