import { readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { oneOf } from '@openova/core'
import { defineCommand, unknownWord } from '../command.ts'
import { findProject } from '../project.ts'
import { replaceFile } from '../write/replace.ts'

const templates = ['minimal', 'standard', 'cortex', 'full']

export default defineCommand({
  options: {
    template: { value: 'name', description: `${oneOf(templates)} (default: standard)` },
    platform: { value: 'file', description: 'where to write it (default: clusters/platform.yaml)' },
    force: { description: 'overwrite a platform spec that is there already' },
  },
  examples: [
    ['init', 'two regions with the mandatory components'],
    ['init --template minimal', 'one region on three small nodes'],
    ['init --platform lab.yaml', 'another platform, elsewhere'],
  ],

  run({ options }, { folder, disk, print, complain, paint }) {
    const { template = 'standard', force = false } = options
    if (!templates.includes(template)) throw unknownWord('template', template, templates)

    const { root, platform } = findProject(folder, options)
    const stands = disk.kind(platform.path) !== undefined
    if (stands && !force) {
      complain(
        `${platform.name}\n  ${paint.red('error foreign-file')}: Unexpected file, expected none where a platform spec will be written\n`,
      )
      complain(`  ${paint.green('fix')}: edit it, or overwrite it with \`pnpm openova init --force\`\n`)
      return 1
    }

    const text = readFileSync(join(import.meta.dirname, '..', 'templates', `${template}.yaml`), 'utf8')
    replaceFile(disk, platform.path, schemaLine(root, platform.path) + text)
    print(`wrote ${platform.name}\nNext: set its name, domain and git.url, then \`pnpm openova build\`.\n`)
    return 0
  },
})

/** Lets an editor complete and check the file. */
function schemaLine(root: string, path: string): string {
  const schema = relative(dirname(path), join(root, 'schemas', 'platform.schema.json')).replaceAll(sep, '/')
  return `# yaml-language-server: $schema=${schema}\n`
}
