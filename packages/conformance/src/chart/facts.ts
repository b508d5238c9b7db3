import { getText, isObject } from '../json.ts'

/** A value path that someone verified and wrote down in facts.yaml. */
export interface FactPath {
  path: string[]
  /** A map, object or list: what stands below is the reader's. */
  open: boolean
}

/** The `values[].path` of a chart; where a component has several, `values` may be a map from chart to list. */
export function readFactPaths(facts: unknown, chart: string): FactPath[] {
  if (!isObject(facts)) return []
  const values = isObject(facts.values) ? collect(facts.values[chart], chart) : collect(facts.values, undefined)
  return [...values, ...replicaPaths(facts.workloads)]

  function collect(node: unknown, owner: string | undefined): FactPath[] {
    if (Array.isArray(node)) return node.flatMap((item) => collect(item, owner))
    if (!isObject(node)) return []

    const name = getText(node, 'chart') ?? owner
    const path = getText(node, 'path')
    if (path === undefined) return Object.values(node).flatMap((inner) => collect(inner, name))
    if ((name !== undefined && name !== chart) || /[\s<>|]/.test(path)) return []
    return [{ path: parsePath(path), open: /^(map|object|list)\b/.test(getText(node, 'type') ?? '') }]
  }
}

/** Where the replicas of a workload stand was verified too, and many a chart does not show it in its values. */
function replicaPaths(workloads: unknown): FactPath[] {
  if (!Array.isArray(workloads)) return []
  return workloads.flatMap((workload) => {
    const [path = ''] = (getText(workload, 'valuesPathForReplicas') ?? '').split(' ')
    return /^\w[\w-]*(\.[\w-]+)+$/.test(path) ? [{ path: parsePath(path), open: false }] : []
  })
}

/** `a.b[0].grafana\.ini` as keys; an index means any item. */
export function parsePath(path: string): string[] {
  return path
    .replaceAll(/\[\d*\]/g, '.[]')
    .split(/(?<!\\)\./)
    .map((key) => key.replaceAll('\\.', '.').replaceAll(/^"|"$/g, ''))
    .filter((key) => key !== '')
}
