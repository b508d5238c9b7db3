import { catalog as everything } from '@openova/catalog'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { commands } from '../src/commands/index.ts'
import { catalog, platformText } from './fixtures.ts'
import { Project } from './world.ts'

let project: Project
const open = (platform?: string | Buffer) => (project = new Project(platform))
afterEach(() => project.remove())

describe('build', () => {
  test('writes a tree, then changes nothing the second time', async () => {
    open(platformText())
    const first = await project.run('build')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toMatch(/^region +cluster +nodes +components +pods/m)
    expect(first.out).toMatch(/^region-a +hz-fsn-rtz-prod +3 +2 +4 /m)
    expect(first.out).toMatch(/^\d+ files created, 0 unchanged in 0\.01 s$/m)

    const before = project.files()
    const second = await project.run('build')
    expect(second.out).toMatch(/^0 files changed, \d+ unchanged in/m)
    expect(project.files()).toEqual(before)
  })

  test('--check passes on a current tree and names every file that differs', async () => {
    open(platformText())
    await project.run('build')
    expect(await project.run('build --check')).toMatchObject({ code: 0 })

    const [edited = '', missing = ''] = Object.keys(project.files()).filter((path) => path.includes('/base/harbor/'))
    project.write(edited, 'mine\n')
    rmSync(project.at(missing))
    project.write('clusters/base/harbor/notes.md', 'mine\n')
    const before = project.files()
    const { code, out } = await project.run('build --check')
    expect(code).toBe(1)
    expect(out).toContain(`${edited}\n  error hand-edited: `)
    expect(out).toContain(`${missing}\n  error up-to-date: No such file`)
    expect(out).toContain('clusters/base/harbor/notes.md\n  error orphan-file: ')
    expect(out).toMatch(/^3 errors in/m)
    expect(project.files()).toEqual(before)
  })

  test('--check names what a changed spec would write', async () => {
    open(platformText())
    await project.run('build')
    project.write('clusters/platform.yaml', platformText('  components: { harbor: { values: { replicas: 2 } } }'))
    const { code, out } = await project.run('build --check')
    expect(code).toBe(1)
    expect(out).toMatch(/clusters\/base\/harbor\/install\/\S+\n {2}error up-to-date: Unexpected text/)
    expect(out).toContain('clusters/.openova-manifest.json\n  error up-to-date')
    expect(out).not.toContain('clusters/base/minio')
  })

  test('--dry-run says what would change and changes nothing', async () => {
    open(platformText())
    const { code, out } = await project.run('build --dry-run')
    expect(code).toBe(0)
    expect(out).toContain('  + clusters/region-a/kustomization.yaml\n')
    expect(out).toMatch(/^would be: \d+ files created/m)
    expect(Object.keys(project.files())).toEqual(['clusters/platform.yaml'])
  })

  test('refuses a hand-edited file by name until --force', async () => {
    open(platformText())
    await project.run('build')
    const [path = ''] = Object.keys(project.files()).filter((path) => path.includes('/base/minio/'))
    const generated = project.read(path)
    project.write(path, 'mine\n')
    const refused = await project.run('build')
    expect(refused.code).toBe(1)
    expect(refused.out).toContain(`${path}\n  error hand-edited`)
    expect(project.read(path)).toBe('mine\n')

    expect(await project.run('build --force')).toMatchObject({ code: 0 })
    expect(project.read(path)).toBe(generated)
  })

  test('--json gives figures, findings and files', async () => {
    open(platformText())
    const data = JSON.parse((await project.run('build --json')).out)
    expect(data).toMatchObject({ written: true, findings: [], regions: [{ name: 'region-a', nodes: 3 }, { name: 'region-b' }] })
    expect(data.files.created).toContain('region-a/kustomization.yaml')
  })

  test('reads and writes elsewhere with --platform and --out', async () => {
    open()
    project.write('lab/my.yaml', platformText())
    expect(await project.run('build --platform lab/my.yaml --out lab/tree')).toMatchObject({ code: 0 })
    expect(project.read('lab/tree/region-a/kustomization.yaml')).toContain('kind: Kustomization')
  })

  test('works in any folder of the project', async () => {
    open(platformText())
    project.write('packages/cli/x', '')
    expect(await project.run('build', { folder: project.at('packages/cli') })).toMatchObject({ code: 0 })
    expect(project.read('clusters/region-a/kustomization.yaml')).toContain('kind: Kustomization')
  })

  test('follows clusters/ where it is itself a link', async () => {
    open()
    mkdirSync(project.at('elsewhere'))
    symlinkSync(project.at('elsewhere'), project.at('clusters'))
    project.write('clusters/platform.yaml', platformText())
    await project.run('build')
    expect((await project.run('build')).out).toMatch(/^0 files changed/m)
  })

  test('says on stderr what it is doing once it takes more than a moment', async () => {
    open(platformText())
    expect((await project.run('build', { now: () => 1500 })).err).toContain('rendering ...\n')
  })

  test('a bug is no finding: exit code 3, and nothing is written', async () => {
    open(platformText())
    const broken = new Map(catalog.components)
    const minio = broken.get('minio')
    if (minio)
      broken.set('minio', {
        ...minio,
        releases: () => {
          throw new Error('oops')
        },
      })
    const { code, err } = await project.run('build', { loadCatalog: () => Promise.resolve({ ...catalog, components: broken }) })
    expect(code).toBe(3)
    expect(err).toMatch(/internal error.*minio[^]*oops/)
    expect(Object.keys(project.files())).toEqual(['clusters/platform.yaml'])
  })
})

describe('a platform file that cannot be used is a finding, and nothing is written', () => {
  test.each([
    [
      'absent',
      undefined,
      /clusters\/platform\.yaml:1:1\n {2}error unreadable-platform: Unexpected absence[^\n]*\n {2}fix: write one with `pnpm openova init`/,
    ],
    ['empty', '', /clusters\/platform\.yaml:1:1\n {2}error spec-schema/],
    ['no YAML', 'spec: [', /clusters\/platform\.yaml:\d+:\d+\n {2}error spec-syntax/],
    ['a duplicate key', `${platformText()}\n  domain: other.org\n`, /clusters\/platform\.yaml:\d+:3\n {2}error spec-syntax/],
    ['not UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff]), /error unreadable-platform: Unexpected bytes/],
    [
      'misspelt',
      platformText('  components: { habor: {} }'),
      /clusters\/platform\.yaml:\d+:17 {2}spec\.components\.habor\n {2}error unknown-component[^\n]*\n {2}fix: did you mean `harbor`\?/,
    ],
    [
      'a wrong type',
      platformText('  components: { harbor: { values: { replicas: many } } }'),
      /clusters\/platform\.yaml:\d+:\d+ {2}spec\.components\.harbor\.values\.replicas\n {2}error/,
    ],
  ])('%s', async (_, text, expected) => {
    open(text)
    const { code, out } = await project.run('build')
    expect(out).toMatch(expected)
    expect(code).toBe(1)
    expect(Object.keys(text === undefined ? {} : project.files())).toEqual(text === undefined ? [] : ['clusters/platform.yaml'])
  })

  test('two regions with overlapping networks', async () => {
    open(platformText().replace('10.17.0.0/16', '10.16.128.0/17'))
    const { code, out } = await project.run('build')
    expect(code).toBe(1)
    expect(out).toMatch(/clusters\/platform\.yaml:\d+:\d+ {2}spec\.regions\[1\]\.network\.pods\n {2}error cidr-overlap/)
    expect(out.match(/cidr-overlap/g)).toHaveLength(1)
  })

  test('mistakes of every kind at once, in one run', async () => {
    const text = platformText('  dns: route53\n  components: { harbour: {}, harbor: { values: { replica: 2, replicas: many } } }\n')
    open(text.replace('10.17.0.0/16', '10.16.128.0/17'))
    const { code, out } = await project.run('build')
    expect(code).toBe(1)
    expect(out.match(/error [a-z-]+/g)?.toSorted()).toEqual([
      'error choice-compatibility',
      'error cidr-overlap',
      'error unknown-component',
      'error values-schema',
      'error values-schema',
    ])
    expect(Object.keys(project.files())).toEqual(['clusters/platform.yaml'])
  })

  test('a folder', async () => {
    open()
    mkdirSync(project.at('clusters/platform.yaml'), { recursive: true })
    expect(await project.run('validate')).toMatchObject({ code: 1, out: expect.stringContaining('Unexpected folder, expected a file') })
  })

  test('several mistakes are all told in one run', async () => {
    open(platformText('  components: { habor: {}, minio: { values: { replica: 3 } } }\n  products: [fabrik]'))
    const { findings } = JSON.parse((await project.run('validate --json')).out)
    expect(findings).toHaveLength(3)
    for (const finding of findings)
      expect(finding).toMatchObject({ file: 'clusters/platform.yaml', line: expect.any(Number), column: expect.any(Number) })
  })
})

describe('validate with a path', () => {
  test('judges any Flux repository, and names its files', async () => {
    open()
    project.write('fleet/apps/release.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: { name: leak }\nstringData: { password: hunter2 }\n')
    const { code, out } = await project.run('validate fleet/')
    expect(code).toBe(1)
    expect(out).toMatch(/^fleet\/apps\/release\.yaml:4:1 {2}stringData\n {2}error no-plain-secret/m)
  })

  test('that is no folder is wrong usage', async () => {
    open()
    expect(await project.run('validate nowhere')).toMatchObject({
      code: 2,
      err: expect.stringContaining('nowhere is not there, expected a folder'),
    })
  })
})

describe('init', () => {
  test.each(['minimal', 'standard'])('writes %s, with its schema', async (template) => {
    open()
    expect(await project.run(`init --template ${template}`)).toMatchObject({ code: 0 })
    expect(project.read('clusters/platform.yaml')).toMatch(/^# yaml-language-server: \$schema=\.\.\/schemas\/platform\.schema\.json\n/)
    expect(project.read('clusters/platform.yaml')).toContain('kind: Platform')
  })

  test('never overwrites a platform file without --force', async () => {
    open('precious')
    expect(await project.run('init')).toMatchObject({ code: 1, err: expect.stringContaining('error foreign-file') })
    expect(project.read('clusters/platform.yaml')).toBe('precious')
    expect(await project.run('init --force')).toMatchObject({ code: 0 })
    expect(project.read('clusters/platform.yaml')).toContain('kind: Platform')
  })

  test('suggests the nearest template', async () => {
    open()
    expect(await project.run('init --template minimall')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean minimal?') })
  })
})

describe('list', () => {
  test('tells all 52, who is chosen in each region, and why', async () => {
    open(platformText('  components: { cnpg: {} }'))
    const { components } = JSON.parse((await project.run('list --json')).out)
    expect(components).toHaveLength(52)
    const byName = new Map(components.map((row: { name: string }) => [row.name, row]))
    expect(byName.get('harbor')).toMatchObject({
      tier: 'mandatory',
      category: 'registry',
      state: 'chosen',
      reasons: { 'region-a': 'mandatory', 'region-b': 'mandatory' },
    })
    expect(byName.get('cnpg')).toMatchObject({ tier: 'a-la-carte', state: 'chosen', reasons: { 'region-a': 'chosen' } })
    expect(byName.get('valkey')).toEqual({ name: 'valkey', tier: 'a-la-carte', state: 'planned' })
  })

  const real = { loadCatalog: () => Promise.resolve(everything) }

  test('tells the products, and what each bundles', async () => {
    open(platformText())
    const { products } = JSON.parse((await project.run('list --json', real)).out)
    expect(products).toHaveLength(4)
    expect(products).toContainEqual({ name: 'fingate', state: 'available', components: ['keycloak', 'openmeter'] })
  })

  test('tells who is there for a product', async () => {
    open(platformText('  products: [fingate]'))
    const { out } = await project.run('list --chosen', real)
    expect(out).toMatch(/^fingate +chosen +keycloak, openmeter$/m)
    expect(out).toMatch(/^openmeter +a-la-carte +monetization +chosen +product fingate$/m)
    expect(out).toMatch(/^valkey .* fingate needs a cache$/m)
  })

  test('says a reason once where the regions agree', async () => {
    open(platformText())
    expect((await project.run('list --chosen')).out).toMatch(/^harbor +mandatory +registry +chosen +mandatory$/m)
  })
})

describe('explain', () => {
  test('a component: its sentence and its values', async () => {
    open()
    project.write('components/harbor/README.md', '# harbor\n\nContainer registry.\n\n## Values\n')
    const { code, out } = await project.run('explain harbor')
    expect(code).toBe(0)
    expect(out).toContain('harbor: mandatory, registry, budget storage\n\nContainer registry.\n')
    expect(out).toMatch(/^ {2}scanner\.enabled +boolean +false +Scan on push\.$/m)
  })

  test('one value: type, default, and where to set it', async () => {
    open()
    expect((await project.run('explain harbor.scanner.enabled')).out).toMatch(
      /Scan on push\.[^]*boolean[^]*false[^]*spec\.components\.harbor\.values\.scanner\.enabled/,
    )
  })

  test('a rule: what must hold, and an example of each side', async () => {
    open()
    expect((await project.run('explain region-count')).out).toMatch(/^region-count \(error\)\n\n[^]+\npasses:\n {2}[^]+\nfails:\n {2}/)
  })

  test.each([
    ['explain harbr', 'did you mean harbor?'],
    ['explain harbor.replica', 'did you mean replicas?'],
    ['explain region-cuont', 'did you mean region-count?'],
  ])('%s suggests the nearest word', async (line, suggestion) => {
    open()
    expect(await project.run(line)).toMatchObject({ code: 2, err: expect.stringContaining(suggestion) })
  })
})

describe('values', () => {
  test('prints each key with the line that sets it', async () => {
    open(platformText('  components:\n    harbor:\n      values: { replicas: 2 }'))
    const { code, out } = await project.run('values region-a harbor')
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}core\.replicas: 2 +clusters\/platform\.yaml:\d+:27$/m)
    expect(out).toMatch(/^ {2}externalURL: "https:\/\/harbor\.example\.org" +components\/harbor\/src\/index\.ts$/m)
  })

  test.each([
    ['values region-c harbor', 'did you mean region-a?'],
    ['values region-a harbr', 'did you mean harbor?'],
    ['values region-a', 'missing required argument'],
  ])('%s is wrong usage', async (line, message) => {
    open(platformText())
    expect(await project.run(line)).toMatchObject({ code: 2, err: expect.stringContaining(message) })
  })
})

describe('usage', () => {
  test.each([
    ['biuld', 'build'],
    ['build --chek', '--check'],
  ])('%s suggests the nearest word', async (line, word) => {
    open(platformText())
    expect(await project.run(line)).toMatchObject({ code: 2, err: expect.stringContaining(`Did you mean ${word}?`) })
  })

  test('outside of a project it says so', async () => {
    open()
    rmSync(project.at('pnpm-workspace.yaml'))
    expect(await project.run('build')).toMatchObject({ code: 2, err: expect.stringContaining('no pnpm-workspace.yaml') })
  })

  test.each(Object.keys(commands))('%s --help has examples', async (command) => {
    open()
    expect(await project.run(`${command} --help`)).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`Examples:\\n {2}pnpm openova ${command}`)),
    })
  })

  test('help lists every command', async () => {
    open()
    const { code, out } = await project.run('--help')
    expect(code).toBe(0)
    for (const command of Object.keys(commands)) expect(out).toContain(`  ${command} `)
    expect(await project.run('')).toMatchObject({ code: 0, out })
  })
})
