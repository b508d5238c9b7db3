import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand } from '../src/command.ts'

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

async function run(...argv: string[]) {
  let output = ''
  const exitCode = await runCommand(argv, {
    print: () => '',
    schemas: '',
    compileGoProgram: () => Promise.reject(new Error('no Go in this test')),
    compileHelmProgram: () => Promise.reject(new Error('no Helm in this test')),
    write: (text) => (output += text),
  })
  return { exitCode, output }
}

const upstream = folderOf({
  'demo/facts.yaml': 'charts: [{ name: demo, version: 1.2.3 }]\nvalues: []\n',
  'demo/charts/demo/Chart.yaml': 'name: demo\nversion: 0.0.0\n',
  'demo/charts/demo/values.yaml': 'image:\n  repository: demo\n',
})

const tree = (values: string) =>
  folderOf({
    'platform.yaml': 'not: read\n',
    'base/demo/install/helmrelease-demo.yaml': 'spec: { chart: { spec: { chart: demo, version: 1.2.3 } } }\n',
    'base/demo/install/values-demo.yaml': values,
  })

test('ends with the verdict and exit code 0 when all conforms', async () => {
  const { exitCode, output } = await run('values', '--upstream', upstream, '--out', tree('image: { repository: a }\n'))
  expect(output).toMatchInlineSnapshot(`
    "values: 1 helm value paths checked: 1 known, 0 open (the chart takes anything there), 0 unknown; 0 charts not checked
    Conforms: 0 errors, 0 warnings; checked values
    "
  `)
  expect(exitCode).toBe(0)
})

test('prints place, error and fix, and exits with 1, on a wrong nested key', async () => {
  const { exitCode, output } = await run('values', '--upstream', upstream, '--out', tree('image: { repositry: a }\n'))
  expect(exitCode).toBe(1)
  expect(output).toContain(
    'base/demo/install/values-demo.yaml  image.repositry\n  error helm-value-unknown: Unexpected helm value `image.repositry`',
  )
  expect(output).toContain('  fix: did you mean `repository`?')
  expect(output.trimEnd().split('\n').at(-1)).toBe('Does not conform: 1 error, 0 warnings; checked values')
})

test('prints JSON for programs', async () => {
  const { output } = await run('values', '--upstream', upstream, '--out', tree('image: {}\n'), '--json')
  expect(JSON.parse(output)).toMatchObject({ conforms: true, skipped: [], results: [{ check: 'values', findings: [] }] })
})

test('says what it could not check', async () => {
  const { output } = await run('values', 'resources', '--out', tree('image: {}\n'))
  expect(output.trimEnd().split('\n').at(-1)).toBe('Conforms: 0 errors, 0 warnings; checked nothing; not checked values, resources')
})
