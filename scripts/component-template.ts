import { aLaCarteNames, mandatoryNames } from '../packages/core/src/names.ts'
import { newReadme, repairManifest, repairReadme } from './package-shape.ts'

const names: readonly string[] = [...mandatoryNames, ...aLaCarteNames]

export const isComponentName = (name: string): boolean => names.includes(name)

/** The files of a component that installs nothing yet, by their path in its folder. */
export function componentFiles(name: string): Record<string, string> {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', additionalProperties: false, properties: {} }
  const manifest = repairManifest({ name: '', dependencies: { '@openova/core': 'workspace:*' } }, name)
  const tier = mandatoryNames.some((mandatory) => mandatory === name) ? 'mandatory' : 'a-la-carte'
  const source = `import { defineComponent } from '@openova/core'
import { values } from './values.ts'

/** One sentence: what ${name} is, and on what. */
export default defineComponent({
  name: '${name}',
  tier: '${tier}',
  category: 'uncategorized',
  namespace: '${name}',
  values,
})
`
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'README.md': repairReadme(newReadme(name, source), schema),
    'values.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
    'src/index.ts': source,
    [`test/${name}.test.ts`]: `import { expect, test } from 'vitest'
import component from '@openova/${name}'

test('is ${name}', () => {
  expect(component).toMatchObject({ name: '${name}', tier: '${tier}', namespace: '${name}' })
})
`,
  }
}
