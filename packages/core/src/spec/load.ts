import type { Catalog } from '../contract.ts'
import { withDefaults } from '../defaults.ts'
import { compareText, sortFindings, type Finding } from '../finding.ts'
import type { PlatformSpec } from '../model.ts'
import { deleteIn, isMap } from '../paths.ts'
import { checkSchema, joinPath } from './check.ts'
import { checkChoices } from './choices.ts'
import { readDocument, type Position } from './document.ts'
import type { Mistake } from './mistake.ts'
import { platformShape } from './platform.schema.ts'
import { checkRegions } from './regions.ts'

export interface LoadedSpec {
  /** Absent while a finding is an error. Defaults are applied, save those of component values. */
  spec?: PlatformSpec
  /** What is left of the spec without what the findings are about, where that still is one: for rules that have more to say in the same run. */
  draft?: PlatformSpec
  findings: Finding[]
  /** 1-based place of a path such as `spec.regions[1].network.pods`, or of its last part that exists. */
  locate: (path: string) => Position | undefined
}

/** Reads a platform spec; whatever is wrong with it is reported in one run, each with its place. */
export function loadSpec(text: string, { file, catalog }: { file: string; catalog: Catalog }): LoadedSpec {
  const { data, problems, locate } = readDocument(text)
  const syntax = problems.map(({ message, fix, line, column }): Finding => ({
    code: 'spec-syntax',
    severity: 'error',
    file,
    at: '',
    line,
    column,
    message,
    fix,
  }))
  const mistakes = data === undefined ? [] : checkData(data, catalog)
  const findings = mistakes.map(({ key, ...mistake }): Finding => ({
    ...mistake,
    severity: 'error',
    file,
    ...locate(mistake.at, key ? 'key' : 'value'),
  }))
  const all = sortFindings([...syntax, ...findings])
  if (all.length === 0) return { spec: completed(data), findings: all, locate }
  const left = data === undefined ? undefined : withoutMistakes(data, mistakes)
  return { ...(left !== undefined && checkData(left, catalog).length === 0 && { draft: completed(left) }), findings: all, locate }
}

const completed = (data: unknown): PlatformSpec => withDefaults(platformShape, named(data)) as PlatformSpec

/** From the end, so that the places of list items before it stay what they were. */
function withoutMistakes(data: unknown, mistakes: readonly Mistake[]): unknown {
  const places = mistakes.map(({ at }) => at.replaceAll(/\[(\d+)\]/g, '.$1'))
  return places.toSorted(compareText).toReversed().reduce(deleteIn, data)
}

function checkData(data: unknown, catalog: Catalog): Mistake[] {
  if (data === null) {
    return [
      {
        code: 'spec-schema',
        at: '',
        message: 'Unexpected empty file, expected a platform spec',
        fix: 'run `pnpm openova init`, or write `apiVersion: openova.io/v1alpha1` and so on',
      },
    ]
  }
  const shape = checkSchema(platformShape, data).map(({ path, ...problem }): Mistake => ({
    code: 'spec-schema',
    at: joinPath('', path),
    ...problem,
  }))
  const spec = isMap(data) && isMap(data.spec) ? data.spec : {}
  return [...shape, ...checkRegions(spec), ...checkChoices(spec, catalog)]
}

/** `cnpg:` with nothing behind it names a component as `cnpg: {}` does. */
function named(data: unknown): unknown {
  const { spec } = data as { spec: Partial<PlatformSpec['spec']> & { regions: object[] } }
  const filled = <T extends { components?: object }>(holder: T): T =>
    holder.components
      ? { ...holder, components: Object.fromEntries(Object.entries(holder.components).map(([name, settings]) => [name, settings ?? {}])) }
      : holder
  return { ...(data as object), spec: { ...filled(spec), regions: spec.regions.map(filled) } }
}
