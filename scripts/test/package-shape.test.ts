import { expect, test } from 'vitest'
import { newReadme, repairManifest, repairReadme } from '../package-shape.ts'

const schema = {
  properties: {
    replicas: { type: 'integer', default: 2, description: 'Pods of each part' },
    scanner: { properties: { mode: { enum: ['off', 'on'], default: 'on', description: 'a | b' } } },
  },
}

test('repairs name and key order, and keeps what is particular', () => {
  const repaired = repairManifest({ dependencies: { b: '1', a: '2' }, name: 'x', bin: './x.ts' }, 'harbor')

  expect(JSON.stringify(repaired)).toBe(
    '{"name":"@openova/harbor","version":"0.0.0","private":true,"type":"module","exports":{".":"./src/index.ts"},"bin":"./x.ts","dependencies":{"a":"2","b":"1"}}',
  )
  expect(repairManifest(repaired, 'harbor')).toEqual(repaired)
})

test('replaces the values table and nothing else', () => {
  const readme = repairReadme('# harbor\n\nA registry.\n', schema)

  expect(readme).toContain('| `replicas` | integer | `2` | Pods of each part |')
  expect(readme).toContain('| `scanner.mode` | "off" or "on" | `"on"` | a \\| b |')
  expect(repairReadme(readme, schema)).toBe(readme)
  expect(repairReadme(`${readme}\nBy hand.\n`, { properties: {} })).toMatch(/A registry\.[^]*It has no values\.[^]*By hand\.\n$/)
})

test('opens a README with the sentence above the definition', () => {
  expect(newReadme('harbor', '/** Of a helper. */\nconst y = 1\n\n/** A registry\n * on MinIO. */\nexport default defineComponent({')).toBe(
    '# harbor\n\nA registry on MinIO.\n',
  )
})
