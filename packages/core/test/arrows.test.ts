import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** Package -> the packages of ours that its sources may import; ARCHITECTURE.md shows the same. */
const arrows: Readonly<Record<string, readonly string[] | 'all'>> = {
  core: [],
  catalog: ['core', 'components/*', 'products/*'],
  codegen: ['core', 'catalog', 'schemas'],
  render: ['core'],
  validate: ['core'],
  'kubeconform-wasm': ['core'],
  schemas: ['core'],
  diff: ['core'],
  report: ['core'],
  testing: ['core', 'render', 'catalog'],
  conformance: ['core', 'render', 'schemas', 'kubeconform-wasm', 'validate'],
  cli: 'all',
}

const packages = globSync('{packages,components,products}/*/package.json', { cwd: root }).map(dirname).toSorted()

test.each(packages)('%s imports only what the architecture allows', (folder) => {
  const [group, name = ''] = folder.split('/')
  const allowed = group === 'packages' ? arrows[name] : ['core', ...(group === 'products' ? ['components/*'] : [])]
  expect(allowed, `${folder} has no row in the table of arrows`).toBeDefined()
  if (allowed === 'all') return

  const imported = globSync(`${folder}/src/**/*.ts`, { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/from '@openova\/([a-z0-9-]+)/g)].map(([, target = '']) => target),
  )
  const forbidden = [...new Set(imported)].filter(
    (target) => !allowed!.some((rule) => rule === target || packages.includes(rule.replace('*', target))),
  )
  expect(forbidden).toEqual([])
})

test('packages exist and core is among them', () => {
  expect(packages).toContain('packages/core')
})
