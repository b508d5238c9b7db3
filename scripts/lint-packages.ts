import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectedFiles } from './expected-files.ts'
import { read, root } from './workspace.ts'

// Compares what is uniform in every package with what it should be; `--fix` writes it.
const fix = process.argv.includes('--fix')
const wrong = [...expectedFiles()].filter(([path, text]) => read(path) !== text)

for (const [path, text] of wrong) {
  if (fix) writeFileSync(join(root, path), text)
  console.log(
    fix
      ? `repaired ${path}`
      : `${path}\n  error package-shape: Unexpected text, expected the shape that all packages share\n  fix: run \`pnpm fix\``,
  )
}
if (wrong.length > 0 && !fix) process.exitCode = 1
