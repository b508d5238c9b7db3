import { createHash } from 'node:crypto'
import type { ReleasePlan, StageName } from '@openova/core'
import type { Overlay } from './factor.ts'
import { type File, type KubernetesObject, kustomizationFile, unitBanner, yamlFile } from './files.ts'
import type { Entries, Entry } from './objects.ts'
import { printYaml } from './yaml.ts'

type HelmValues = Readonly<Record<string, unknown>>

/** A stage in all regions, parted into base and overlays. */
interface PartedStage {
  name: StageName
  /** File name of each object, by identity, without suffix. */
  files: ReadonlyMap<string, string>
  base: Entries
  /** Helm values of the releases in the base, by identity. */
  values: ReadonlyMap<string, { base: HelmValues; overlays: HelmValues[] }>
}

/** `base/<unit>/<stage>`; nothing where the regions share nothing. */
export function baseFiles(stage: PartedStage): File[] {
  if (stage.base.size === 0) return []
  const folder = `base/${stage.name}`
  const { files, resources, configMapGenerator } = writeWhole(folder, stage, stage.base, (id) => stage.values.get(id)!.base)
  return [...files, kustomizationFile(folder, bannerOf(stage), { resources, configMapGenerator })]
}

/** `<region>/<unit>/<stage>`: the base, what only this region has, and what it has in another form. */
export function overlayFiles(
  stage: PartedStage,
  { region, index, own, changed }: { region: string; index: number } & Overlay<Entry>,
): File[] {
  const folder = `${region}/${stage.name}`
  const whole = writeWhole(folder, stage, own, (_, release) => release.values)
  const files = [...whole.files]
  const configMapGenerator = [...whole.configMapGenerator]
  const patches: object[] = []

  for (const [id, entry] of stage.base) {
    const { base, overlays } = stage.values.get(id)!
    const extra = overlays[index]!
    const { release } = entry
    const added = release && Object.keys(extra).length > 0 ? valuesConfig('region', extra, release, entry, stage) : undefined
    if (added) {
      files.push([`${folder}/${added.file}`, added.text])
      configMapGenerator.push(added.generator)
    }
    const other = changed.get(id)
    if (other) {
      const configs = other.release ? [valuesConfig('values', base, other.release, entry, stage), ...(added ? [added] : [])] : []
      const file = `patch-${stage.files.get(id)}.yaml`
      files.push(
        yamlFile(`${folder}/${file}`, banner(other, stage), [{ op: 'replace', path: '', value: withValuesFrom(other.object, configs) }]),
      )
      patches.push({ path: file, target: targetOf(entry.object) })
    } else if (added) {
      patches.push({
        patch: printYaml([{ op: 'add', path: '/spec/valuesFrom/-', value: added.reference }]),
        target: targetOf(entry.object),
      })
    }
  }
  const resources = stage.base.size > 0 ? [`../../../base/${stage.name}`, ...whole.resources] : whole.resources
  return [...files, kustomizationFile(folder, bannerOf(stage), { resources, configMapGenerator, patches })]
}

/** Each object in a file of its own; a release's helm values in a file beside it, which becomes a ConfigMap. */
function writeWhole(folder: string, stage: PartedStage, entries: Entries, valuesOf: (id: string, release: ReleasePlan) => HelmValues) {
  const written = [...entries].map(([id, entry]) => {
    const file = `${stage.files.get(id)}.yaml`
    const config = entry.release && valuesConfig('values', valuesOf(id, entry.release), entry.release, entry, stage)
    const object = config ? withValuesFrom(entry.object, [config]) : entry.object
    const files: File[] = [
      yamlFile(`${folder}/${file}`, banner(entry, stage), object),
      ...(config ? [[`${folder}/${config.file}`, config.text] as const] : []),
    ]
    return { files, resource: file, generators: config ? [config.generator] : [] }
  })
  return {
    files: written.flatMap(({ files }) => files),
    resources: written.map(({ resource }) => resource),
    configMapGenerator: written.flatMap(({ generators }) => generators),
  }
}

/**
 * A ConfigMap named after its text, so that the HelmRelease that names it changes with every change of values, and Flux waits for the upgrade.
 * `values` is the whole or the base's part, `region` what a region adds to it.
 */
function valuesConfig(
  part: 'values' | 'region',
  values: HelmValues,
  { name: release, namespace }: ReleasePlan,
  entry: Entry,
  stage: PartedStage,
) {
  const file = `${part}-${release}.yaml`
  const [, text] = yamlFile(file, banner(entry, stage), values)
  const name = `${release}-${part}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
  const options = { disableNameSuffixHash: true, labels: entry.object.metadata.labels }
  return {
    file,
    text,
    name,
    reference: { kind: 'ConfigMap', name },
    generator: { name, namespace, files: [`values.yaml=${file}`], options },
  }
}

function withValuesFrom(object: KubernetesObject, configs: readonly { reference: object }[]): KubernetesObject {
  if (configs.length === 0) return object
  return { ...object, spec: { ...(object.spec as object), valuesFrom: configs.map(({ reference }) => reference) } }
}

function targetOf({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): object {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : [undefined, apiVersion]
  return { group, version, kind, name: exact(name), namespace: namespace && exact(namespace) }
}

/** Kustomize reads a target's name as a regular expression, anchored at both ends. */
const exact = (name: string) => name.replaceAll('.', '\\.')

const unitOf = ({ name }: PartedStage) => name.slice(0, name.indexOf('/'))
const banner = ({ by }: Entry, stage: PartedStage) => unitBanner(by, unitOf(stage))
const bannerOf = (stage: PartedStage) => unitBanner(unitOf(stage), unitOf(stage))
