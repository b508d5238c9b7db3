import { aLaCarteNames, mandatoryNames } from '../packages/core/src/names.ts'
import { repairManifest, repairReadme } from './package-shape.ts'

export const componentNames: readonly string[] = [...mandatoryNames, ...aLaCarteNames]

export const isComponentName = (name: string): boolean => componentNames.includes(name)

/** The files of a component by their path in its folder: one release of one pod, to be made the real one. */
export function componentFiles(name: string): Record<string, string> {
  const manifest = repairManifest({ name: '', dependencies: { '@openova/core': 'workspace:*' } }, name)
  const tier = mandatoryNames.some((mandatory) => mandatory === name) ? 'mandatory' : 'a-la-carte'
  const source = `import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { ${pascalCase(name)}Values } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What ${name} is, in one sentence. */
export default defineComponent({
  name: '${name}',
  tier: '${tier}',
  category: 'operations',
  namespace: '${name}',
  values,

  releases: ({ values }) => [
    release('${name}', {
      chart: { name: '${name}', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('${name}', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
`
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'README.md': repairReadme(`# ${name}\n`, { source, schema }),
    'values.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
    'src/index.ts': source,
    [`test/${name}.test.ts`]: `import { testComponent } from '@openova/testing'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    {
      name: 'two-replicas',
      spec: (base) => {
        base.spec.components['${name}'] = { values: { replicas: 2 } }
        return base
      },
    },
  ],
})
`,
  }
}

const pascalCase = (name: string) => name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  properties: { replicas: { type: 'integer', minimum: 1, default: 1, description: 'Pods.' } },
}
