import { basename, dirname } from 'node:path/posix'
import { get, getText, isObject } from '../json.ts'
import type { DiskTree, JsonObject, TreeFile } from '../model.ts'
import { documentsOf } from '../tree.ts'

/** One set of helm values in the tree, and the chart that receives it. */
export interface HelmValues {
  file: TreeFile
  /** Path in that file where the values begin: empty, or `spec.values` of a HelmRelease. */
  at: string[]
  component: string
  values: JsonObject
  /** `undefined` if there is no HelmRelease beside the file, or it names none. */
  chart?: { name: string; version?: string }
}

/** `values-<release>.yaml` of the base, `region-<release>.yaml` of the overlays, and `spec.values` of the HelmReleases. */
export function findHelmValues(tree: DiskTree): HelmValues[] {
  const files = new Map(tree.files.map((file) => [file.path, file]))

  return tree.files.flatMap((file): HelmValues[] => {
    const match = /^(values|region|helmrelease)-(.+)\.yaml$/.exec(basename(file.path))
    if (match === null) return []
    const [document] = documentsOf(file)
    const at = match[1] === 'helmrelease' ? ['spec', 'values'] : []
    const values = get(document, ...at)
    if (!isObject(values)) return []
    return [{ file, at, values, component: componentOf(file.path), chart: findChartBeside(match[2]!, dirname(file.path)) }]
  })

  function findChartBeside(release: string, folder: string): HelmValues['chart'] {
    const spec = get(readBeside(folder, `helmrelease-${release}.yaml`), 'spec')
    return findChartOf(spec, get(readBeside(folder, `source-${release}.yaml`), 'spec'))
  }

  /** An overlay has its own copy only where the object differs between regions; otherwise the base's counts. */
  function readBeside(folder: string, name: string): unknown {
    const [region, ...rest] = folder.split('/')
    const file = files.get(`${folder}/${name}`) ?? files.get(['base', ...rest, name].join('/'))
    return file === undefined || region === undefined ? undefined : documentsOf(file)[0]
  }
}

/** The chart that a HelmRelease's spec names, itself or by the spec of a source. */
export function findChartOf(spec: unknown, source: unknown): HelmValues['chart'] {
  const inline = getText(spec, 'chart', 'spec', 'chart')
  if (inline !== undefined) return { name: basename(inline), version: getText(spec, 'chart', 'spec', 'version') }

  const url = getText(source, 'url') ?? getText(source, 'chart')
  if (url === undefined || get(spec, 'chartRef') === undefined) return undefined
  return { name: basename(url), version: getText(source, 'ref', 'tag') ?? getText(source, 'version') }
}

/** `<base or region>/<component>/<stage>/<file>`. */
function componentOf(path: string): string {
  return path.split('/')[1] ?? ''
}
