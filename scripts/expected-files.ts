import { repairManifest, repairReadme, type Manifest } from './package-shape.ts'
import { repairRootReadme } from './root-readme.ts'
import { isUnit, listPackages, read, type Package } from './workspace.ts'

/** What is uniform in every package, as it should be: path -> text. */
export function expectedFiles(): Map<string, string> {
  const packages = listPackages()
  const units = packages.filter(isUnit)
  return new Map([
    ...packages.flatMap((subject) => [manifestOf(subject, units), ...readmeOf(subject)]),
    ['README.md', repairRootReadme(read('README.md') ?? '')],
  ])
}

function manifestOf(subject: Package, units: readonly Package[]): [path: string, text: string] {
  const { path, folder } = subject
  const manifest = JSON.parse(read(`${path}/package.json`) ?? '{}') as Manifest
  // So that a new component can be linked before codegen imports it.
  if (path === 'packages/catalog') manifest.dependencies = dependOn([{ folder: 'core' }, ...units])
  // Testing imports every component; the root depends on it, which is where their tests find it without a circle.
  if (isUnit(subject)) delete manifest.devDependencies?.['@openova/testing']
  return [`${path}/package.json`, `${JSON.stringify(repairManifest(manifest, folder), null, 2)}\n`]
}

function readmeOf({ path, folder }: Package): [path: string, text: string][] {
  const schema = read(`${path}/values.schema.json`)
  if (schema === undefined) return []
  const readme = read(`${path}/README.md`) ?? `# ${folder}\n`
  return [[`${path}/README.md`, repairReadme(readme, { source: read(`${path}/src/index.ts`) ?? '', schema: JSON.parse(schema) as object })]]
}

function dependOn(subjects: readonly { folder: string }[]): Record<string, string> {
  return Object.fromEntries(subjects.map(({ folder }) => [`@openova/${folder}`, 'workspace:*']))
}
