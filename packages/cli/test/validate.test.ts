import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callersFolder, nodeWorld } from '../src/world.ts'
import { nodeDisk } from '../src/write/disk.ts'
import { platformText } from './fixtures.ts'
import { Project } from './world.ts'

let project: Project
beforeEach(() => (project = new Project()))
afterEach(() => project.remove())

const leak = (name: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name} }\nstringData: { password: hunter2 }\n`
const service = (port: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: ${port}\n`
const places = (out: string) => out.match(/^\S+:\d+:\d+/gm)

describe('validate with a path', () => {
  test('judges plain manifests by their schemas, every document at its own line', async () => {
    project.write('deploy/all.yaml', `# two\n${service('80')}---\n${service('"80"')}`)
    const { code, out } = await project.run('validate deploy', { schemaCheck: nodeWorld().schemaCheck })
    expect({ code, places: places(out) }).toEqual({ code: 1, places: ['deploy/all.yaml:14:7'] })
    expect(out).toMatch(/error schema: [^\n]*expected integer, found string "80"/)
  })

  test('passes over what is no YAML, no manifest, or not of this repository', async () => {
    project.write('deploy/good.yml', service('80'))
    for (const path of ['notes.md', 'a.json', '.git/x.yaml', 'node_modules/x.yaml']) project.write(`deploy/${path}`, leak('x'))
    project.write('deploy/mkdocs.yaml', 'python: !!python/name:a.b\n')
    expect(await project.run('validate deploy')).toEqual({ code: 0, out: 'no findings\n', err: '' })
  })

  test('reports broken YAML with its line, and judges the rest', async () => {
    project.write('deploy/broken.yaml', 'kind: ConfigMap\ndata:\n  a: [1\n')
    project.write('deploy/tab.yaml', 'kind: ConfigMap\ndata:\n\ta: 1\n')
    project.write('deploy/twice.yaml', 'kind: ConfigMap\nkind: Secret\n')
    project.write('deploy/z.yaml', leak('z'))
    const { code, out } = await project.run('validate deploy')
    expect({ code, places: places(out) }).toEqual({
      code: 1,
      places: ['deploy/broken.yaml:4:1', 'deploy/tab.yaml:3:1', 'deploy/twice.yaml:2:1', 'deploy/z.yaml:4:1'],
    })
    expect(out).toMatch(/\n4 errors\n$/)
  })

  test('a file that cannot be read is a finding', async () => {
    project.write('deploy/latin.yaml', Buffer.from('a: 1\nname: M\xFCller\n', 'latin1'))
    project.write('deploy/locked.yaml', 'a: 1\n')
    const refuse = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open' })
    const read = (path: string) => {
      if (path.endsWith('locked.yaml')) throw refuse
      return nodeDisk.read(path)
    }
    expect(await project.run('validate deploy', { disk: { ...nodeDisk, read } })).toEqual({
      code: 1,
      err: '',
      out: `deploy/latin.yaml:2:8
  error unreadable-file: Unexpected bytes, expected text in UTF-8
  fix: save the file as UTF-8

deploy/locked.yaml
  error unreadable-file: Unexpected EACCES, expected what can be read
  fix: make it readable, or move it out of the folder

2 errors
`,
    })
  })

  test.each([
    ['.', 'deploy/x.yaml'],
    ['deploy/', 'deploy/x.yaml'],
    ['./deploy', 'deploy/x.yaml'],
    ['link', 'link/x.yaml'],
  ])('names files from where it was called: %s', async (path, file) => {
    project.write('deploy/x.yaml', leak('x'))
    symlinkSync(project.at('deploy'), project.at('link'))
    expect((await project.run(`validate ${path}`)).out).toContain(`${file}:4:1`)
    expect((await project.run(`validate ${join(project.folder, path)}`)).out).toContain(`${file}:4:1`)
  })

  test('works outside of any project, and names files there as they were named', async () => {
    project.write('fleet/x.yaml', leak('x'))
    project.write('elsewhere/x', '')
    expect((await project.run('validate ../fleet', { folder: project.at('elsewhere') })).out).toMatch(/^\.\.\/fleet\/x\.yaml:4:1/)
  })

  test.each([
    ['nothing wrong', 'validate good', 0],
    ['a finding', 'validate bad', 1],
    ['no such folder', 'validate nowhere', 2],
    ['a file', 'validate bad/x.yaml', 2],
    ['an option of the platform', 'validate bad --platform x.yaml', 2],
    ['an unknown format', 'validate bad --format sarf', 2],
    ['two formats', 'validate bad --json --format sarif', 2],
  ])('%s: `%s` is exit code %i', async (_, line, expected) => {
    project.write('good/x.yaml', service('80'))
    project.write('bad/x.yaml', leak('x'))
    const { code, err } = await project.run(line)
    expect({ code, said: err !== '' }).toEqual({ code: expected, said: expected === 2 })
  })

  test('a bug is exit code 3', async () => {
    project.write('good/x.yaml', service('80'))
    const read = () => {
      throw new Error('oops')
    }
    expect(await project.run('validate good', { disk: { ...nodeDisk, read } })).toMatchObject({
      code: 3,
      err: expect.stringContaining('oops'),
    })
  })
})

describe('formats', () => {
  const run = async (line: string) => (await project.run(line)).out

  test('an unknown one gets the nearest word', async () => {
    expect((await project.run('validate --format sarf')).err).toContain('did you mean sarif?')
  })

  test('json is --json', async () => {
    project.write('bad/x.yaml', leak('x'))
    expect(await run('validate bad --format json')).toBe(await run('validate bad --json'))
  })

  test('github prints annotations and nothing else', async () => {
    project.write('bad/x.yaml', leak('x'))
    expect(await run('validate bad --format github')).toMatch(
      /^::error file=bad\/x\.yaml,line=4,col=1,title=no-plain-secret::stringData: [^\n]+\n$/,
    )
  })

  test('sarif and junit tell of the rules that ran, and only of those', async () => {
    project.write('bad/x.yaml', leak('x'))
    const junit = await run('validate bad --format junit')
    expect(junit).toContain('<testcase name="no-plain-secret" classname="bad/x.yaml" file="bad/x.yaml">')
    expect(junit).toContain('<testcase name="image-pinned" classname="openova"/>')
    expect(junit).not.toContain('"region-count"')

    const { rules } = JSON.parse(await run('validate bad --format sarif')).runs[0].tool.driver
    expect(rules.map(({ id }: { id: string }) => id)).toContain('no-plain-secret')
    expect(rules.map(({ id }: { id: string }) => id)).not.toContain('region-count')
  })

  test('a platform that cannot be planned has had no rule on its tree', async () => {
    project.write('clusters/platform.yaml', platformText().replace('10.17.0.0/16', '10.16.128.0/17'))
    const junit = await run('validate --format junit')
    expect(junit).toContain('<testcase name="cidr-overlap" classname="clusters/platform.yaml"')
    expect(junit).toContain('"region-count"')
    expect(junit).not.toContain('"image-pinned"')
  })

  test('build --check takes them too', async () => {
    project.write('clusters/platform.yaml', platformText())
    await project.run('build')
    expect(await project.run('build --check --format github')).toEqual({ code: 0, out: '', err: '' })
    project.write('clusters/base/harbor/mine.md', 'mine\n')
    expect(await project.run('build --check --format github')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^::error file=clusters\/base\/harbor\/mine\.md,title=orphan-file::/),
    })
  })
})

test('a path is relative to where a person called pnpm, which runs scripts further up', () => {
  expect(callersFolder('/work', '/work/clusters')).toBe('/work/clusters')
  expect(callersFolder('/work', '/work')).toBe('/work')
  expect(callersFolder('/work', '/workshop')).toBe('/work')
  expect(callersFolder('/work', undefined)).toBe('/work')
})
