import { expect, test } from 'vitest'
import { componentFiles, isComponentName } from '../component-template.ts'
import { repairManifest, repairReadme } from '../package-shape.ts'

test('writes a package that needs no repair', () => {
  const files = componentFiles('valkey')
  const manifest = JSON.parse(files['package.json']!)
  const schema = JSON.parse(files['values.schema.json']!)

  expect(repairManifest(manifest, 'valkey')).toEqual(manifest)
  expect(repairReadme(files['README.md']!, { source: files['src/index.ts']!, schema })).toBe(files['README.md'])
})

test('knows the tier of each component', () => {
  expect(componentFiles('harbor')['src/index.ts']).toContain("tier: 'mandatory'")
  expect(componentFiles('valkey')['src/index.ts']).toContain("tier: 'a-la-carte'")
})

test('takes only the names of the catalog', () => {
  expect(isComponentName('valkey')).toBe(true)
  expect(isComponentName('cortex')).toBe(false)
})
