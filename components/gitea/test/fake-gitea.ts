import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Side = Awaited<ReturnType<typeof startSide>>

/** As much of Gitea as the sync asks for: repositories are bare ones below a folder, every owner is an organisation. */
export async function startSide() {
  const root = mkdtempSync(join(tmpdir(), 'gitea-'))
  const mirrors = new Set<string>()
  const folderOf = (name: string) => join(root, `${name}.git`)
  const describe = (name: string) => ({ owner: { full_name: 'A, "B"' }, full_name: name, private: true, mirror: mirrors.has(name) })
  const names = () =>
    readdirSync(root).flatMap((owner) => readdirSync(join(root, owner)).map((folder) => `${owner}/${folder.slice(0, -'.git'.length)}`))

  function make(name: string): void {
    mkdirSync(folderOf(name), { recursive: true })
    git(folderOf(name), 'init', '--quiet', '--bare', '--initial-branch=main')
    git(folderOf(name), 'config', 'http.receivepack', 'true')
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (!pathname.startsWith(api)) return serveGit(request, response, { root, pathname, query: searchParams.toString() })
    const reply = (status: number, body: object = {}) => void response.writeHead(status).end(JSON.stringify(body))
    const path = pathname.slice(api.length)
    const [kind = '', owner = '', repository] = path.split('/')
    if (path === 'repos/search') {
      const first = searchParams.get('page') === '1' && searchParams.get('mode') === 'source'
      return reply(200, {
        ok: true,
        data: first
          ? names()
              .filter((name) => !mirrors.has(name))
              .map(describe)
          : [],
      })
    }
    if (request.method === 'POST') {
      const { username, name }: { username?: string; name?: string } = JSON.parse(await textOf(request))
      if (username) mkdirSync(join(root, username))
      if (name) make(`${owner}/${name}`)
      return reply(201)
    }
    if (kind === 'repos')
      return existsSync(folderOf(`${owner}/${repository}`)) ? reply(200, describe(`${owner}/${repository}`)) : reply(404)
    return existsSync(join(root, owner)) ? reply(200, { visibility: 'private' }) : reply(404)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    root,
    mirrors,
    make,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    /** A commit on a branch, on top of another one; returns its id. */
    commit(name: string, branch: string, parent?: string): string {
      const tree = git(folderOf(name), 'hash-object', '-t', 'tree', '-w', '/dev/null')
      const id = git(folderOf(name), 'commit-tree', tree, ...(parent ? ['-p', parent] : []), '-m', `${branch} below ${root}`)
      git(folderOf(name), 'update-ref', `refs/heads/${branch}`, id)
      return id
    },
    tag: (name: string, tag: string, commit: string) => git(folderOf(name), 'update-ref', `refs/tags/${tag}`, commit),
    remove: (name: string, ref: string) => git(folderOf(name), 'update-ref', '-d', ref),
    ref: (name: string, ref: string) => git(folderOf(name), 'for-each-ref', '--format=%(objectname)', ref),
    stop(): void {
      server.close()
      rmSync(root, { recursive: true })
    },
  }
}

const api = '/api/v1/'
const person = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.org' }
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8', env: { ...process.env, ...person } }).trim()

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: string[] = []
  for await (const chunk of request) chunks.push(String(chunk))
  return chunks.join('')
}

/** Git's own server, by CGI. */
function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  { root, pathname, query }: { root: string; pathname: string; query: string },
): void {
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
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
    const headers = answer
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const)
    const status = headers.find(([key]) => key === 'Status')?.[1].slice(0, 3) ?? '200'
    response.writeHead(Number(status), Object.fromEntries(headers.filter(([key]) => key !== 'Status'))).end(answer.subarray(end + 4))
  })
}
