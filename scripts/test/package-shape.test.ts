import { expect, test } from 'vitest'
import { expectedFiles } from '../expected-files.ts'
import { repairManifest, repairReadme, sentenceOf } from '../package-shape.ts'
import { read } from '../workspace.ts'

const schema = {
  properties: {
    replicas: { type: 'integer', default: 2, description: 'Pods of each part' },
    scanner: { properties: { mode: { enum: ['off', 'on'], default: 'on', description: 'a | b' } } },
  },
}
const source = '/** Of a helper. */\nconst y = 1\n\n/** A registry\n * on MinIO. */\nexport default defineComponent({'

test.each([...expectedFiles()])('%s has the shape that all share', (path, text) => {
  expect(read(path)).toBe(text)
})

test('repairs name and key order, and keeps what is particular', () => {
  const repaired = repairManifest({ dependencies: { b: '1', a: '2' }, name: 'x', bin: './x.ts' }, 'harbor')

  expect(JSON.stringify(repaired)).toBe(
    '{"name":"@openova/harbor","version":"0.0.0","private":true,"type":"module","exports":{".":"./src/index.ts"},"bin":"./x.ts","dependencies":{"a":"2","b":"1"}}',
  )
  expect(repairManifest(repaired, 'harbor')).toEqual(repaired)
})

test('replaces the first paragraph and the values table, and nothing else', () => {
  const readme = repairReadme('# harbor\n\nAn old sentence.\n\nBy hand.\n\n\n```\na\n```\n', { source, schema })

  expect(readme).toBe(`# harbor

A registry on MinIO.

By hand.

\`\`\`
a
\`\`\`

## Values

<!-- values -->
| value | type | default | description |
|---|---|---|---|
| \`replicas\` | integer | \`2\` | Pods of each part |
| \`scanner.mode\` | "off" or "on" | \`"on"\` | a \\| b |
<!-- /values -->
`)
  expect(repairReadme(readme, { source, schema })).toBe(readme)
  expect(repairReadme(`${readme}\nAfter.\n`, { source, schema: { properties: {} } })).toMatch(
    /on MinIO\.[^]*It has no values\.[^]*After\.\n$/,
  )
})

test('adds the sentence to a README that has none', () => {
  expect(repairReadme('# harbor\n', { source, schema })).toMatch(/^# harbor\n\nA registry on MinIO\.\n\n## Values\n/)
})

test('reads the sentence above the definition', () => {
  expect(sentenceOf(source)).toBe('A registry on MinIO.')
  expect(sentenceOf('export default 1')).toBeUndefined()
})
