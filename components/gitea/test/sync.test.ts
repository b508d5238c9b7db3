import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { syncScript } from '../src/sync-script.ts'
import { type Side, startSide } from './fake-gitea.ts'

// Dozens of processes, each of them quick.
describe('the sync script', { timeout: 60_000 }, () => {
  let here: Side
  let there: Side
  let home: string

  beforeEach(async () => {
    here = await startSide()
    there = await startSide()
    for (const side of [here, there]) side.make('org/app')
    home = mkdtempSync(join(tmpdir(), 'sync-'))
    writeFileSync(join(home, 'sync.sh'), syncScript)
  })
  afterEach(() => {
    here.stop()
    there.stop()
    rmSync(home, { recursive: true })
  })

  const sync = () =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const servers = { HERE: here.url, THERE: there.url, HERE_PASSWORD: 'a', THERE_PASSWORD: 'b' }
      const env = { ...process.env, ...servers, HOME: home, TERMINATION_LOG: join(home, 'end') }
      execFile('bash', [join(home, 'sync.sh')], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
      )
    })
  const main = () => [here, there].map((side) => side.ref('org/app', 'refs/heads/main'))

  test('moves a branch forward, whichever side is ahead, and then finds nothing to do', async () => {
    const first = here.commit('org/app', 'main')
    const topic = there.commit('org/app', 'topic')
    expect(await sync()).toMatchObject({ code: 0 })
    expect(main()).toEqual([first, first])
    expect(here.ref('org/app', 'refs/heads/topic')).toBe(topic)

    const second = there.commit('org/app', 'main', first)
    expect(await sync()).toMatchObject({ code: 0 })
    expect(main()).toEqual([second, second])
    expect(await sync()).toEqual({ code: 0, output: '' })
  })

  test('leaves what diverged alone, names it, fails, and goes on with the rest', async () => {
    const first = here.commit('org/app', 'main')
    await sync()
    const ours = here.commit('org/app', 'main', first)
    const theirs = there.commit('org/app', 'main', first)
    const other = there.commit('org/app', 'other')
    const { code, output } = await sync()
    expect(code).toBe(1)
    expect(output).toContain(`org/app: diverged: refs/heads/main is ${ours} on ${here.url} and ${theirs} on ${there.url}`)
    expect(main()).toEqual([ours, theirs])
    expect(here.ref('org/app', 'refs/heads/other')).toBe(other)
  })

  test('never moves a tag, and never deletes', async () => {
    const first = here.commit('org/app', 'main')
    here.tag('org/app', 'v1', first)
    await sync()
    const second = there.commit('org/app', 'main', first)
    there.tag('org/app', 'v1', second)
    here.remove('org/app', 'refs/heads/main')
    const { code, output } = await sync()
    expect(code).toBe(1)
    expect(output).toContain('a tag never moves')
    expect([here, there].map((side) => side.ref('org/app', 'refs/tags/v1'))).toEqual([first, second])
    expect(main()).toEqual([second, second])
  })

  test('makes a repository with its organisation on the side that lacks it, and leaves mirrors alone', async () => {
    here.make('team/new')
    const first = here.commit('team/new', 'main')
    here.make('openova/platform')
    here.mirrors.add('openova/platform')
    here.commit('openova/platform', 'main')
    expect(await sync()).toMatchObject({ code: 0 })
    expect(there.ref('team/new', 'refs/heads/main')).toBe(first)
    expect(existsSync(join(there.root, 'openova'))).toBe(false)
  })

  test('fails where a repository cannot be read', async () => {
    here.commit('org/app', 'main')
    rmSync(join(there.root, 'org/app.git/HEAD'))
    const { code, output } = await sync()
    expect(code).toBe(1)
    expect(output).toContain('org/app: could not be compared')
  })

  test('fails where the other side does not answer', async () => {
    const { url } = there
    there = { ...there, url: `${url.slice(0, url.lastIndexOf(':'))}:9` }
    expect(await sync()).not.toMatchObject({ code: 0 })
  })
})
