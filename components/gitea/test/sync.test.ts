import { execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { syncScript } from '../src/sync-script.ts'

/** As much of Gitea as the script asks for: repositories are bare ones below a folder, every owner is an organisation. */
class Side {
  readonly root = mkdtempSync(join(tmpdir(), 'gitea-'))
  readonly mirrors = new Set<string>()
  private readonly server: Server = createServer((request, response) => void this.answer(request, response))

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
  }

  stop(): void {
    this.server.close()
    rmSync(this.root, { recursive: true })
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  make(name: string): void {
    const folder = join(this.root, `${name}.git`)
    mkdirSync(folder, { recursive: true })
    git(folder, 'init', '--quiet', '--bare', '--initial-branch=main')
    git(folder, 'config', 'http.receivepack', 'true')
  }

  /** A commit on a branch of this side, on top of another one; returns its id. */
  commit(name: string, branch: string, parent?: string): string {
    const folder = join(this.root, `${name}.git`)
    const tree = git(folder, 'hash-object', '-t', 'tree', '-w', '/dev/null')
    const id = git(folder, 'commit-tree', tree, ...(parent ? ['-p', parent] : []), '-m', `${this.root} ${branch} ${Math.random()}`)
    git(folder, 'update-ref', `refs/heads/${branch}`, id)
    return id
  }

  ref(name: string, ref: string): string | undefined {
    try {
      return git(join(this.root, `${name}.git`), 'rev-parse', '--verify', '--quiet', ref)
    } catch {
      return undefined
    }
  }

  private get names(): string[] {
    return readdirSync(this.root).flatMap((owner) => readdirSync(join(this.root, owner)).map((folder) => `${owner}/${folder.replace('.git', '')}`))
  }

  private describe(name: string): object {
    return { owner: { full_name: 'A, "B"' }, full_name: name, private: true, mirror: this.mirrors.has(name) }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const reply = (status: number, body: object = {}) => response.writeHead(status).end(JSON.stringify(body))
    const path = pathname.replace('/api/v1', '')
    if (path === pathname) return this.serveGit(request, response, { pathname, query: searchParams.toString() })
    if (path === '/repos/search') {
      const first = searchParams.get('page') === '1' && searchParams.get('mode') === 'source'
      const found = first ? this.names.filter((name) => !this.mirrors.has(name)) : []
      return void reply(200, { ok: true, data: found.map((name) => this.describe(name)) })
    }
    if (path.startsWith('/repos/')) {
      const name = path.slice('/repos/'.length)
      return void (existsSync(join(this.root, `${name}.git`)) ? reply(200, this.describe(name)) : reply(404))
    }
    if (request.method === 'POST') {
      const { username, name } = JSON.parse(await textOf(request)) as { username?: string; name?: string }
      if (username) mkdirSync(join(this.root, username))
      if (name) this.make(`${path.split('/')[2]}/${name}`)
      return void reply(201)
    }
    return void (existsSync(join(this.root, path.split('/')[2] ?? '')) ? reply(200, { visibility: 'private' }) : reply(404))
  }

  private serveGit(request: IncomingMessage, response: ServerResponse, { pathname, query }: { pathname: string; query: string }): void {
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: pathname,
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        REMOTE_USER: 'mirror',
        REMOTE_ADDR: '127.0.0.1',
      },
    })
    request.pipe(backend.stdin)
    const chunks: Buffer[] = []
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    backend.on('close', () => {
      const answer = Buffer.concat(chunks)
      const end = answer.indexOf('\r\n\r\n')
      const headers = answer.subarray(0, end).toString().split('\r\n').map((line): [string, string] => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon), line.slice(colon + 1).trim()]
      })
      const status = Number(headers.find(([key]) => key === 'Status')?.[1].slice(0, 3) ?? 200)
      response.writeHead(status, Object.fromEntries(headers.filter(([key]) => key !== 'Status'))).end(answer.subarray(end + 4))
    })
  }
}

const author = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' }
const git = (cwd: string, ...args: string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8', env: { ...process.env, ...author } }).trim()

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

describe('the sync script', () => {
  let here: Side
  let there: Side
  let home: string

  beforeEach(async () => {
    here = new Side()
    there = new Side()
    home = mkdtempSync(join(tmpdir(), 'sync-'))
    writeFileSync(join(home, 'sync.sh'), syncScript)
    await Promise.all([here.start(), there.start()])
    for (const side of [here, there]) side.make('org/app')
  })
  afterEach(() => {
    here.stop()
    there.stop()
    rmSync(home, { recursive: true })
  })

  const sync = () =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const env = { ...process.env, HOME: home, HERE: here.url, THERE: there.url, HERE_PASSWORD: 'a', THERE_PASSWORD: 'b', TERMINATION_LOG: join(home, 'end') }
      execFile('bash', [join(home, 'sync.sh')], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
      )
    })

  test('moves a branch forward, whichever side is ahead, and then finds nothing to do', async () => {
    const first = here.commit('org/app', 'main')
    here.commit('org/app', 'topic')
    expect(await sync()).toMatchObject({ code: 0 })
    expect(there.ref('org/app', 'refs/heads/main')).toBe(first)
    expect(there.ref('org/app', 'refs/heads/topic')).toBe(here.ref('org/app', 'refs/heads/topic'))

    const second = there.commit('org/app', 'main', first)
    expect(await sync()).toMatchObject({ code: 0 })
    expect(here.ref('org/app', 'refs/heads/main')).toBe(second)
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
    expect([here.ref('org/app', 'refs/heads/main'), there.ref('org/app', 'refs/heads/main')]).toEqual([ours, theirs])
    expect(here.ref('org/app', 'refs/heads/other')).toBe(other)
  })

  test('never moves a tag, and never deletes', async () => {
    const first = here.commit('org/app', 'main')
    git(join(here.root, 'org/app.git'), 'tag', 'v1', first)
    await sync()
    expect(there.ref('org/app', 'refs/tags/v1')).toBe(first)
    const second = there.commit('org/app', 'main', first)
    git(join(there.root, 'org/app.git'), 'tag', '--force', 'v1', second)
    git(join(here.root, 'org/app.git'), 'update-ref', '-d', 'refs/heads/main')
    const { code, output } = await sync()
    expect(code).toBe(1)
    expect(output).toContain('a tag never moves')
    expect(here.ref('org/app', 'refs/tags/v1')).toBe(first)
    expect(here.ref('org/app', 'refs/heads/main')).toBe(second)
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

  test('fails where the other side does not answer', async () => {
    here.commit('org/app', 'main')
    rmSync(join(there.root, 'org/app.git/HEAD'))
    const { code, output } = await sync()
    expect(code).toBe(1)
    expect(output).toContain('org/app: could not be compared')
  })
})
