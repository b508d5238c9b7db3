import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalog } from '@openova/catalog'
import { type Finding, isMap, type Tree } from '@openova/core'
import { printYaml, render } from '@openova/render'
import { planOf, testPlatform } from '@openova/testing'
import { validateTree } from '@openova/validate'
import { parseAllDocuments } from 'yaml'
import { beforeAll, expect, test } from 'vitest'
import { placesOf, schemaCheck } from '../src/schema/check.ts'

/** Fields renamed in each component, spread over all that it renders. */
const perComponent = 12

/** Below these, the API takes any key. */
const free = new Set(
  `labels annotations matchLabels selector nodeSelector data stringData values parameters limits requests inheritedMetadata mappings
  options config input openAPIV3Schema connectionParameters flinkConfiguration podAnnotations realm unsupported users`.split(/\s+/),
)

interface Mutant {
  component: string
  file: string
  kind: string
  path: string[]
  object: unknown
}

const renamed = (key: string) => `${key}X`
const nameOf = (index: number) => `mutants/${index}.yaml`

const names = [...catalog.components.keys()]
const tree = render(planOf(everything()))
const mutants = names.flatMap((name) => mutantsOf(name, tree))
let findings: ReadonlyMap<string, Finding[]>

// One batch: kubeconform starts and compiles once.
beforeAll(() => {
  const mutated = new Map(mutants.map(({ object }, index) => [nameOf(index), printYaml(object)]))
  const folder = mkdtempSync(join(tmpdir(), 'openova-mutation-'))
  const found = validateTree(mutated, { checkObjects: schemaCheck({ ...placesOf(), verdicts: join(folder, 'verdicts.json') }) })
  rmSync(folder, { recursive: true })
  findings = Map.groupBy(
    found.filter(({ code }) => code === 'schema'),
    ({ file }) => file,
  )
})

test.each(names)('a field of %s that is renamed is reported by the rule `schema`', (name) => {
  const own = mutants.flatMap((mutant, index) => (mutant.component === name ? [{ ...mutant, index }] : []))
  expect(own.length).toBeGreaterThanOrEqual(5)
  const survivors = own.filter(({ index, path }) => {
    const key = path.at(-1)!
    return !findings.get(nameOf(index))?.some(({ message }) => message.includes(`\`${renamed(key)}\``) || message.includes(`\`${key}\``))
  })
  expect(survivors.map(({ file, kind, path }) => `${file}: ${kind} ${path.join('.')}`)).toEqual([])
})

function everything() {
  const platform = testPlatform()
  for (const { name, tier } of catalog.components.values()) if (tier === 'a-la-carte') platform.spec.components[name] ??= {}
  return platform
}

function mutantsOf(name: string, tree: Tree): Mutant[] {
  const files = [...tree].filter(([path]) => path.endsWith('.yaml') && path.split('/')[1] === name)
  const fields = new Map<string, () => Mutant>()
  for (const [file, text] of files) {
    for (const document of parseAllDocuments(text)) {
      const object: unknown = document.toJS()
      if (!isMap(object) || typeof object.kind !== 'string') continue
      const kind = object.kind
      for (const path of pathsIn(object)) {
        // Kustomize takes its own file without an apiVersion.
        if (file.endsWith('/kustomization.yaml') && path[0] === 'apiVersion') continue
        const field = [kind, ...path.filter((key) => !/^\d+$/.test(key))].join('.')
        if (!fields.has(field)) fields.set(field, () => ({ component: name, file, kind, path, object: rename(object, path) }))
      }
    }
  }
  const all = [...fields.values()]
  const step = Math.max(1, all.length / perComponent)
  return Array.from({ length: Math.min(perComponent, all.length) }, (_, index) => all[Math.floor(index * step)]!())
}

function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsIn(item, [...path, String(index)]))
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const here = [...path, key]
    return [here, ...(free.has(key) ? [] : pathsIn(child, here))]
  })
}

function rename(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? rename(item, rest) : item))
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => {
      if (name !== key) return [name, child]
      return rest.length === 0 ? [renamed(key), child] : [key, rename(child, rest)]
    }),
  )
}
