import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { get, getList, getText, isObject } from '../json.ts'
import type { JsonObject } from '../model.ts'
import { readDocuments } from '../tree.ts'

/** A kind that some CRD defines. */
export interface CustomKind {
  /** By version, the openAPIV3Schema; only versions that are served. */
  versions: Map<string, JsonObject>
}

/** By `<group>/<kind>`. */
export type CrdIndex = ReadonlyMap<string, CustomKind>

/** Reads those `<component>/crds/*.yaml` that define one of the kinds: parsing all of them takes seconds. */
export function readCrds(folder: string, kinds: ReadonlySet<string>): CrdIndex {
  const texts = readdirSync(folder)
    .toSorted()
    .map((component) => join(folder, component, 'crds'))
    .filter((crds) => existsSync(crds))
    .flatMap((crds) =>
      readdirSync(crds)
        .filter((file) => /\.ya?ml$/.test(file))
        .toSorted()
        .map((file) => join(crds, file)),
    )
    .map((file) => readFileSync(file, 'utf8'))

  return indexCrds(texts.filter((text) => definesAny(text, kinds)).flatMap(readDocuments))
}

function definesAny(text: string, kinds: ReadonlySet<string>): boolean {
  return [...text.matchAll(/^\s+"?kind"?: ["']?(\w+)["']?,?\s*$/gm)].some(([, kind]) => kinds.has(kind!))
}

export function indexCrds(documents: unknown[]): CrdIndex {
  const index = new Map<string, CustomKind>()
  for (const crd of documents) {
    const group = getText(crd, 'spec', 'group')
    const kind = getText(crd, 'spec', 'names', 'kind')
    if (getText(crd, 'kind') !== 'CustomResourceDefinition' || group === undefined || kind === undefined) continue

    const custom = index.get(`${group}/${kind}`) ?? { versions: new Map<string, JsonObject>() }
    for (const version of getList(crd, 'spec', 'versions')) {
      const schema = get(version, 'schema', 'openAPIV3Schema')
      const name = getText(version, 'name')
      if (name !== undefined && isObject(schema) && get(version, 'served') !== false) custom.versions.set(name, schema)
    }
    index.set(`${group}/${kind}`, custom)
  }
  return index
}
