import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  readdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { growTree, hasErrors } from '@openova/core'
import type { Finding } from '@openova/core'
import type { Grants } from '@openova/validate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compareTree } from '../src/write/compare.ts'
import { nodeDisk } from '../src/write/disk.ts'
import type { Disk } from '../src/write/disk.ts'
import { manifestName, parseManifest } from '../src/write/manifest.ts'
import { readManifest } from '../src/write/read.ts'
import { temporarySuffix } from '../src/write/snapshot.ts'
import { writeTree } from '../src/write/write.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'openova-write-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const first = { 'base/harbor/a.yaml': 'a: 1\n', 'base/harbor/b.yaml': 'b: 1\n', 'region-a/sync.yaml': 's: 1\n' }

describe('write', () => {
  test('creates every file and a manifest that lists them', () => {
    expect(build(first)).toEqual([])
    expect(read('base/harbor/a.yaml')).toBe('a: 1\n')
    expect([...(parseManifest(read(manifestName))?.files.keys() ?? [])]).toEqual(Object.keys(first))
  })

  test('leaves untouched files untouched, the manifest included', () => {
    build(first)
    for (const path of [...Object.keys(first), manifestName]) utimesSync(at(path), 1000, 1000)
    build(first)
    for (const path of [...Object.keys(first), manifestName]) expect(statSync(at(path)).mtimeMs).toBe(1_000_000)
  })

  test('rewrites only the file that changed', () => {
    build(first)
    utimesSync(at('base/harbor/a.yaml'), 1000, 1000)
    build({ ...first, 'base/harbor/b.yaml': 'b: 2\n' })
    expect(read('base/harbor/b.yaml')).toBe('b: 2\n')
    expect(statSync(at('base/harbor/a.yaml')).mtimeMs).toBe(1_000_000)
  })

  test('removes what it generated before, and the folders that this empties', () => {
    build(first)
    build({ 'region-a/sync.yaml': 's: 1\n' })
    expect(existsSync(at('base'))).toBe(false)
    expect(existsSync(at('region-a/sync.yaml'))).toBe(true)
  })

  test('writes again what a person deleted', () => {
    build(first)
    rmSync(at('base/harbor/a.yaml'))
    expect(build(first)).toEqual([])
    expect(read('base/harbor/a.yaml')).toBe('a: 1\n')
  })

  test('adopts files that are already right when the manifest was lost', () => {
    build(first)
    rmSync(at(manifestName))
    expect(build(first)).toEqual([])
    expect(parseManifest(read(manifestName))?.files.size).toBe(3)
  })

  test('keeps the grants of every component', () => {
    build(first, { grants: { harbor: ['bucket/registry'] } })
    expect(parseManifest(read(manifestName))?.grants).toEqual({ harbor: ['bucket/registry'] })
  })
})

describe('refuses, by name, and writes nothing', () => {
  test('to overwrite a file that was edited by hand', () => {
    build(first)
    put('base/harbor/a.yaml', 'mine\n')
    const findings = build({ ...first, 'base/harbor/a.yaml': 'a: 2\n', 'base/harbor/b.yaml': 'b: 2\n' })
    expect(named(findings)).toEqual([['hand-edited', 'clusters/base/harbor/a.yaml']])
    expect(read('base/harbor/a.yaml')).toBe('mine\n')
    expect(read('base/harbor/b.yaml')).toBe('b: 1\n')
  })

  test('to delete a file that was edited by hand', () => {
    build(first)
    put('base/harbor/a.yaml', 'mine\n')
    expect(named(build({ 'region-a/sync.yaml': 's: 1\n' }))).toEqual([['hand-edited', 'clusters/base/harbor/a.yaml']])
    expect(existsSync(at('base/harbor/b.yaml'))).toBe(true)
  })

  test('to overwrite a file that it does not own', () => {
    put('base/harbor/a.yaml', 'foreign\n')
    expect(named(build(first))).toEqual([['foreign-file', 'clusters/base/harbor/a.yaml']])
    expect(existsSync(at('base/harbor/b.yaml'))).toBe(false)
  })

  test('a folder that stands where a file will be', () => {
    put('base/harbor/a.yaml/inside', 'foreign\n')
    expect(named(build(first, { force: true }))).toEqual([['foreign-file', 'clusters/base/harbor/a.yaml']])
  })

  test.each([
    '../evil.yaml',
    'a/../../evil.yaml',
    '/etc/evil.yaml',
    'a\\b.yaml',
    'C:evil.yaml',
    'a//b.yaml',
    './a.yaml',
    'a\0b',
    '.openova-manifest.json',
  ])('the path %j', (path) => {
    expect(named(build({ [path]: 'x' }, { force: true }))).toEqual([['unsafe-path', `clusters/${path}`]])
    expect(readdirSync(folder)).toEqual([])
  })

  test('to delete a path that leaves the folder because the manifest says so', () => {
    const outside = `${folder}-outside`
    writeFileSync(outside, 'precious')
    put(manifestName, JSON.stringify({ version: 1, grants: {}, files: { [`../${outside.split('/').at(-1)}`]: 'x' } }))
    expect(build({}, { force: true }).map(({ code }) => code)).toEqual(['unsafe-path'])
    expect(readFileSync(outside, 'utf8')).toBe('precious')
    rmSync(outside)
  })

  test('a symbolic link to a folder, and to a file', () => {
    const target = mkdtempSync(join(tmpdir(), 'openova-target-'))
    symlinkSync(target, at('base'))
    writeFileSync(join(target, 'file'), 'precious')
    mkdirSync(at('region-a'))
    symlinkSync(join(target, 'file'), at('region-a/sync.yaml'))
    expect(build(first, { force: true }).map(({ code }) => code)).toEqual(['unsafe-path', 'unsafe-path', 'unsafe-path'])
    expect(readdirSync(target)).toEqual(['file'])
    expect(readFileSync(join(target, 'file'), 'utf8')).toBe('precious')
    rmSync(target, { recursive: true })
  })

  test('names that differ in case only, of folders too', () => {
    expect(named(build({ 'base/A.yaml': '1', 'base/a.yaml': '2' }))).toEqual([['unsafe-path', 'clusters/base/a.yaml']])
    expect(named(build({ 'base/X/1.yaml': '1', 'base/x/2.yaml': '2' }))).toEqual([['unsafe-path', 'clusters/base/x/2.yaml']])
  })

  test('a manifest that is half a merge', () => {
    build(first)
    put(manifestName, '<<<<<<< HEAD\n')
    expect(named(build(first))).toEqual([['broken-manifest', `clusters/${manifestName}`]])
  })
})

test('--force overwrites what was edited and what is foreign', () => {
  build(first)
  put('base/harbor/a.yaml', 'mine\n')
  put('region-a/new.yaml', 'foreign\n')
  expect(build({ ...first, 'region-a/new.yaml': 'n: 1\n' }, { force: true })).toEqual([])
  expect(read('base/harbor/a.yaml')).toBe('a: 1\n')
  expect(read('region-a/new.yaml')).toBe('n: 1\n')
})

test('names a file that lies between the generated ones', () => {
  build(first)
  put('base/harbor/notes.md', 'mine')
  put('platform.yaml', 'input')
  expect(difference(first).orphans).toEqual(['base/harbor/notes.md'])
})

describe('an interruption', () => {
  const second = { 'base/harbor/a.yaml': 'a: 2\n', 'base/harbor/c.yaml': 'c: 2\n', 'region-a/sync.yaml': 's: 2\n' }
  const operations = countOperations(second)

  test.each(Array.from({ length: operations }, (_, index) => index))(
    'by a full disk at operation %i is reported and repaired by the next run',
    (index) => {
      build(first)
      expect(build(second, { disk: failing(index, systemError) }).map(({ code }) => code)).toEqual(['write-failed'])
      expect(build(second)).toEqual([])
      expectTree(second)
    },
  )

  test.each(Array.from({ length: operations }, (_, index) => index))(
    'by the end of the process at operation %i is repaired, even towards a third tree',
    (index) => {
      build(first)
      const third = { 'base/harbor/a.yaml': 'a: 3\n', 'region-b/new.yaml': 'n: 3\n' }
      expect(() => build(second, { disk: failing(index, () => new Error('killed')) })).toThrow('killed')
      expect(build(third)).toEqual([])
      expectTree(third)
    },
  )

  test('by a full disk while texts are staged leaves every generated file as it was', () => {
    build(first)
    let creates = 0
    const disk: Disk = {
      ...nodeDisk,
      create: (path, text) => {
        if (++creates > 2) throw systemError()
        nodeDisk.create(path, text)
      },
    }
    build(second, { disk })
    for (const [path, text] of Object.entries(first)) expect(read(path)).toBe(text)
  })

  function countOperations(tree: Record<string, string>) {
    folder = mkdtempSync(join(tmpdir(), 'openova-count-'))
    build(first)
    let count = 0
    build(tree, { disk: counting(() => void count++) })
    rmSync(folder, { recursive: true })
    return count
  }
})

interface Options {
  force?: boolean
  disk?: Disk
  grants?: Grants
}

function build(files: Record<string, string>, { force = false, disk = nodeDisk, grants = {} }: Options = {}): Finding[] {
  const output = { folder, name: 'clusters' }
  const tree = growTree(Object.entries(files))
  const owned = readManifest({ disk, output })
  const difference = compareTree(tree, owned.manifest, { disk, output, force })
  const findings = [...owned.findings, ...difference.findings]
  return hasErrors(findings) ? findings : writeTree({ tree, difference, owned, grants }, { disk, output })
}

function difference(files: Record<string, string>) {
  const output = { folder, name: 'clusters' }
  return compareTree(growTree(Object.entries(files)), readManifest({ disk: nodeDisk, output }).manifest, { disk: nodeDisk, output })
}

function expectTree(files: Record<string, string>) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  expect(found.toSorted()).toEqual([manifestName, ...Object.keys(files)].toSorted())
  expect(found.some((path) => path.endsWith(temporarySuffix))).toBe(false)
  for (const [path, text] of Object.entries(files)) expect(read(path)).toBe(text)
  for (const hashes of parseManifest(read(manifestName))?.files.values() ?? []) expect(hashes).toHaveLength(1)
}

/** A disk on which the n-th operation that changes something fails, and every later one. */
function failing(index: number, error: () => Error): Disk {
  let count = 0
  return counting(() => {
    if (count++ >= index) throw error()
  })
}

function counting(before: () => void): Disk {
  return {
    ...nodeDisk,
    create: (path, text) => (before(), nodeDisk.create(path, text)),
    rename: (from, to) => (before(), nodeDisk.rename(from, to)),
    remove: (path) => (before(), nodeDisk.remove(path)),
    removeFolder: (path) => (before(), nodeDisk.removeFolder(path)),
  }
}

const systemError = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' })

const at = (path: string) => join(folder, path)
const read = (path: string) => readFileSync(at(path), 'utf8')
const named = (findings: Finding[]) => findings.map(({ code, file }) => [code, file])
function put(path: string, text: string) {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}
