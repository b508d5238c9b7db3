import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getIn, type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import component from '../src/index.ts'
import { fetchDump, workOffline } from '../src/scripts.ts'

const restored = 'region-a/neo4j-20261125T020107Z.dump'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'restored', spec: (base) => restoredIn(base, 'region-b') },
    {
      name: 'larger',
      spec: (base) => withValues(base, { memory: '16Gi', storage: '200Gi', apoc: false, dump: { hour: 23, keepDays: 3 } }),
    },
  ],
})

describe('neo4j', () => {
  test('divides its memory between heap, page cache and the rest', () => {
    const config = getIn(serverOf(withValues(testPlatform(), { memory: '8Gi' })), 'config')
    expect(config).toMatchObject({ 'server.memory.heap.max_size': '3072m', 'server.memory.pagecache.size': '2048m' })
  })

  test('never stops both servers for their dumps', () => {
    const schedules = ['region-a', 'region-b'].map((region) => {
      const objects = objectsOf(planOf(withValues(testPlatform(), { dump: { hour: 23 } })), { region, unit: 'neo4j' })
      return getIn(objects.find(({ kind }) => kind === 'CronJob')?.body, 'spec.schedule')
    })
    expect(schedules).toEqual(['0 23 * * *', '0 0 * * *'])
  })
})

describe('what the pod does before the server starts', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'neo4j-'))
    for (const folder of ['bin', 'backups', 'data/databases/neo4j']) mkdirSync(join(root, folder), { recursive: true })
    tool('neo4j-admin', `echo "$2" >>${root}/calls; [ "$2" = load ] || echo graph >${root}/backups/neo4j.dump`)
    tool('mc', `[ "$1" != cp ] || { echo "$3" >>${root}/calls; echo other >"$4"; }`)
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const tool = (name: string, text: string) => {
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(root, 'bin', name), 0o755)
  }
  const calls = () => (existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : [])
  const outgoing = () => readdirSync(join(root, 'backups/outgoing'))
  const run = (script: string) =>
    execFileSync('/bin/bash', ['-euc', script.replaceAll(/\/(backups|data)\b/g, `${root}/$1`)], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`, ACCESS_KEY: 'a', SECRET_KEY: 'b' },
    })

  test('is a dump, and no second one within the hour', () => {
    run(workOffline(''))
    expect(outgoing()).toEqual([expect.stringMatching(/^neo4j-\d{8}T\d{6}Z\.dump$/)])
    run(workOffline(''))
    expect(calls()).toEqual(['dump'])
    utimesSync(join(root, 'backups/last'), 0, 0)
    run(workOffline(''))
    expect(calls()).toEqual(['dump', 'dump'])
  })

  test('is nothing at the very first start', () => {
    rmSync(join(root, 'data/databases'), { recursive: true })
    run(workOffline(''))
    expect(calls()).toEqual([])
  })

  test('does not keep the server from its start when no dump can be made', () => {
    tool('neo4j-admin', 'exit 1')
    expect(run(workOffline(''))).toContain('the next start tries again')
    expect([existsSync(join(root, 'backups/last')), outgoing()]).toEqual([false, []])
  })

  test('is a restore, once for each dump that is named', () => {
    const restore = (dump: string) => {
      run(fetchDump({ endpoint: 'https://minio.minio.svc:9000', bucket: 'neo4j-dump', region: 'region-b' }, dump))
      run(workOffline(dump))
    }
    restore(restored)
    expect(calls()).toEqual([`store/neo4j-dump/${restored}`, 'load'])
    writeFileSync(join(root, 'backups/last'), '')
    restore(restored)
    expect(calls()).toHaveLength(2)
    restore('region-b/other.dump')
    expect(calls().slice(2)).toEqual(['store/neo4j-dump/region-b/other.dump', 'load'])
  })

  test('fails rather than start on the old graph when a restore fails', () => {
    mkdirSync(join(root, 'backups/incoming'))
    writeFileSync(join(root, 'backups/incoming/neo4j.dump'), '')
    tool('neo4j-admin', 'exit 1')
    expect(() => run(workOffline(restored))).toThrow('Command failed')
    expect(existsSync(join(root, 'backups/restored'))).toBe(false)
  })
})

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components['neo4j'] = { values }
  return base
}

function restoredIn(base: PlatformSpec, name: string): PlatformSpec {
  const region = base.spec.regions.find((one) => one.name === name)!
  region.components = { ...region.components, neo4j: { values: { restore: restored } } }
  return base
}

function serverOf(platform: PlatformSpec): unknown {
  const unit = planOf(platform).regions[0]?.units.find(({ name }) => name === 'neo4j')
  return unit?.stages.flatMap(({ releases }) => releases)[0]?.values
}
