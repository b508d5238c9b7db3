import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newReadme, repairManifest, repairReadme, type Manifest } from './package-shape.ts'
import { isUnit, listPackages, read, root, type Package } from './workspace.ts'

// Compares what is uniform in every package with what it should be; `--fix` writes it.
const fix = process.argv.includes('--fix')
const packages = listPackages()
const units = packages.filter(isUnit)
const wrong = packages.flatMap(expected).filter(([path, text]) => read(path) !== text)

for (const [path, text] of wrong) {
  if (fix) writeFileSync(join(root, path), text)
  console.log(
    fix
      ? `repaired ${path}`
      : `${path}\n  error package-shape: Unexpected text, expected the shape that all packages share\n  fix: run \`pnpm fix\``,
  )
}
if (wrong.length > 0 && !fix) process.exitCode = 1

function expected(subject: Package): [path: string, text: string][] {
  const { path, folder } = subject
  const manifest = JSON.parse(read(`${path}/package.json`) ?? '{}') as Manifest
  if (path === 'packages/catalog') manifest.dependencies = { ...withoutUnits(manifest.dependencies), ...dependOn(units) }

  const files: [string, string][] = [[`${path}/package.json`, `${JSON.stringify(repairManifest(manifest, folder), null, 2)}\n`]]
  const schema = read(`${path}/values.schema.json`)
  if (schema !== undefined) {
    const readme = read(`${path}/README.md`) ?? newReadme(folder, read(`${path}/src/index.ts`) ?? '')
    files.push([`${path}/README.md`, repairReadme(readme, JSON.parse(schema))])
  }
  return files
}

/** The catalog is what brings components and products in; it depends on each of them and on no other. */
function withoutUnits(dependencies: Record<string, string> = {}): Record<string, string> {
  const kept = new Set(packages.filter((other) => !isUnit(other)).map(({ folder }) => `@openova/${folder}`))
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => !name.startsWith('@openova/') || kept.has(name)))
}

function dependOn(subjects: Package[]): Record<string, string> {
  return Object.fromEntries(subjects.map(({ folder }) => [`@openova/${folder}`, 'workspace:*']))
}
