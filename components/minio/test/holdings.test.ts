import { type ClaimOf, getIn } from '@openova/core'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { holdingsOf } from '../src/holdings.ts'

const commit = 'a'.repeat(40)
const claim: ClaimOf<'bucket'> = {
  kind: 'bucket',
  ask: { name: 'models', replicated: true, holds: [{ path: 'bge-m3', from: `hf://BAAI/bge-m3:${commit}` }] },
  consumer: 'bge',
  key: 'models',
  namespace: 'bge',
  before: 'install',
  secret: 'bucket-models',
  credential: 'bucket-bge-models',
  grant: { endpoint: 'https://minio.minio.svc:9000', bucket: 'models', secret: 'bucket-models' },
}
const jobOf = (writes: boolean) => holdingsOf(claim, { writes }).find(({ kind }) => kind === 'Job')?.body
const scriptAt = (writes: boolean, at: string) => String(getIn(jobOf(writes), `spec.template.spec.${at}.command.2`))

describe('what a bucket holds', () => {
  test('is nothing where nobody says so', () => {
    expect(holdingsOf({ ...claim, ask: { name: 'models' } }, { writes: true })).toEqual([])
  })

  test('is brought by the region that writes; the other reaches no publisher', () => {
    expect(scriptAt(true, 'initContainers.1')).toContain(`'hf://BAAI/bge-m3:${commit}' /work/files`)
    expect(getIn(jobOf(false), 'spec.template.spec.initContainers')).toBeUndefined()
  })

  test('is uploaded once, the list of its files last', () => {
    const store = fakeStore()
    const upload = scriptAt(true, 'containers.0')
    store.put('work/files/config.json', '{}')
    store.put('work/files/1_Pooling/config.json', '{}')
    store.put('work/list', '1_Pooling/config.json\nconfig.json\n')
    store.run(upload)
    expect(store.files('models/bge-m3')).toEqual(['1_Pooling/config.json', 'config.json'])
    expect(store.files('models/.lists')).toEqual([`bge-m3/${commit}`])

    store.run(scriptAt(true, 'initContainers.0'))
    expect(store.files('work')).toContain('complete')
    expect(store.run(upload)).toContain('is complete')
  })

  test('is not complete while a file of the list is missing, nor for another commit', () => {
    const store = fakeStore()
    store.put(`models/.lists/bge-m3/${commit}`, 'config.json\nmodel.bin\n')
    store.put('models/bge-m3/config.json', '{}')
    store.run(scriptAt(true, 'initContainers.0'))
    expect(store.files('work')).not.toContain('complete')

    store.put('models/bge-m3/model.bin', '')
    store.run(scriptAt(true, 'initContainers.0').replaceAll(commit, 'b'.repeat(40)))
    expect(store.files('work')).not.toContain('complete')
    expect(store.run(scriptAt(false, 'containers.0'))).toBe('')
  })
})

/** A folder in which `mc` copies files, so that the scripts can run. */
function fakeStore() {
  const root = mkdtempSync(join(tmpdir(), 'holdings-'))
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  put('work/.keep', '')
  put(
    'bin/mc',
    `#!/bin/sh
at() { case $1 in store/*) echo "${root}/\${1#store/}" ;; *) echo "$1" ;; esac }
case $1 in
  cat) cat "$(at "$2")" ;;
  stat) test -e "$(at "$2")" ;;
  cp) mkdir -p "$(dirname "$(at "$3")")" && cp "$2" "$(at "$3")" ;;
  mirror) mkdir -p "$(at "$5")" && cp -R "$4/." "$(at "$5")" ;;
esac
`,
  )
  chmodSync(join(root, 'bin/mc'), 0o755)
  return {
    put,
    run: (script: string) =>
      execFileSync('/bin/sh', ['-euc', script.replaceAll('/work/', `${root}/work/`)], {
        env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin` },
        encoding: 'utf8',
      }),
    files: (folder: string) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
        .toSorted(),
  }
}
