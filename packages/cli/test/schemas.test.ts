import { mkdirSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeWorld } from '../src/world.ts'
import { nodeDisk } from '../src/write/disk.ts'
import { Project } from './world.ts'

let project: Project
beforeEach(() => (project = new Project()))
afterEach(() => project.remove())

const crd = (kind: string, { group = 'example.org', type = 'integer', versions = ['v1'] } = {}) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${kind.toLowerCase()}s.${group} }
spec:
  group: ${group}
  scope: Namespaced
  names: { kind: ${kind}, plural: ${kind.toLowerCase()}s }
  versions:${versions
    .map(
      (name) => `
    - name: ${name}
      served: ${name !== 'v0'}
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, properties: { size: { type: ${type} } } } }
`,
    )
    .join('')}`

describe('schemas add', () => {
  test('writes a closed schema for each served version of each definition, and says so', async () => {
    project.write('crds.yaml', `# all of them\n---\n${crd('Widget', { versions: ['v0', 'v1', 'v2'] })}---\n---\n${crd('Gadget')}`)
    expect(await project.run('schemas add crds.yaml')).toEqual({
      code: 0,
      err: '',
      out: `+ schemas/extra/example.org/widget_v1.json  example.org/v1 Widget
+ schemas/extra/example.org/widget_v2.json  example.org/v2 Widget
+ schemas/extra/example.org/gadget_v1.json  example.org/v1 Gadget

These kinds are checked from now on.
`,
    })
    expect(JSON.parse(project.read('schemas/extra/example.org/widget_v1.json'))).toMatchObject({
      additionalProperties: false,
      properties: {
        kind: { enum: ['Widget'] },
        spec: { additionalProperties: false, properties: { size: { type: ['integer', 'null'] } } },
      },
    })
  })

  test('what was added is checked from then on', async () => {
    project.write('crd.yaml', crd('Widget'))
    project.write('deploy/widget.yaml', 'apiVersion: example.org/v1\nkind: Widget\nmetadata: { name: a }\nspec: { size: big }\n')
    const { schemaCheck } = nodeWorld()
    expect((await project.run('validate deploy', { schemaCheck })).out).toMatch(/error schema: [^\n]*no schema/i)
    await project.run('schemas add crd.yaml')
    expect((await project.run('validate deploy', { schemaCheck })).out).toMatch(
      /widget\.yaml:4:9 [^\n]*\n {2}error schema: [^\n]*expected integer, found string "big"/,
    )
  })

  test('takes what `kubectl get crd -o yaml` prints: a list', async () => {
    const items = [crd('Widget'), crd('Gadget')].map((text) => `  - ${text.trimEnd().replaceAll('\n', '\n    ')}\n`)
    project.write('crds.yaml', `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`)
    expect(await project.run('schemas add crds.yaml')).toMatchObject({ code: 0, out: expect.stringContaining('gadget_v1.json') })
  })

  test('leaves the same alone, refuses another, and overwrites it with --force', async () => {
    project.write('crd.yaml', crd('Widget'))
    await project.run('schemas add crd.yaml')
    const before = project.read('schemas/extra/example.org/widget_v1.json')
    expect(await project.run('schemas add crd.yaml')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^= schemas\/extra\/example\.org\/widget_v1\.json {2}example\.org\/v1 Widget, as it was\n/),
    })

    project.write('crd.yaml', `${crd('Gadget')}---\n${crd('Widget', { type: 'string' })}`)
    expect(await project.run('schemas add crd.yaml')).toEqual({
      code: 1,
      err: '',
      out: `schemas/extra/example.org/widget_v1.json
  error schema-differs: Unexpected schema that is another than that of crd.yaml:17, expected none or the same
  fix: compare the two, then overwrite it with \`pnpm openova schemas add --force\`
`,
    })
    expect(project.read('schemas/extra/example.org/widget_v1.json')).toBe(before)
    expect(nodeDisk.kind(project.at('schemas/extra/example.org/gadget_v1.json'))).toBeUndefined()

    const { out, code } = await project.run('schemas add --force crd.yaml')
    expect({ out, code }).toMatchObject({ code: 0, out: expect.stringContaining('~ schemas/extra/example.org/widget_v1.json') })
    expect(project.read('schemas/extra/example.org/widget_v1.json')).not.toBe(before)
  })

  test('says where its schema counts instead of the one that OpenOva brings', async () => {
    project.write('schemas/kubernetes/example.org/widget_v1.json', '{}')
    project.write('crd.yaml', crd('Widget'))
    const { out } = await project.run('schemas add crd.yaml')
    expect(out).toContain('example.org/v1 Widget, instead of the one that OpenOva brings\n')
  })

  test.each([
    [
      'another kind',
      `${crd('Widget')}---\nkind: Deployment\n`,
      /^x\.yaml:17:1 {2}kind\n {2}error not-a-crd: Unexpected kind `Deployment`, expected a Cust[^\n]*\n {2}fix: /,
    ],
    ['no kind', 'a: 1', /Unexpected document without a kind, expected/],
    ['text', 'hello', /^x\.yaml:1:1 {2}kind\n/],
    ['nothing', '# nothing\n', /^x\.yaml:1:1\n {2}error not-a-crd: Unexpected empty file/],
    ['broken YAML', `${crd('Widget')}---\na: [1\nb: 2\n`, /^x\.yaml:18:1\n {2}error not-a-crd: Unexpected text, expected YAML/],
    ['an alias to nowhere', 'a: *b', /expected YAML: Unresolved alias/],
    [
      'an old definition',
      crd('Widget').replace('k8s.io/v1', 'k8s.io/v1beta1'),
      /x\.yaml:1:1 {2}apiVersion\n[^\n]*expected `apiextensions\.k8s\.io\/v1`/,
    ],
    ['a group that leaves the folder', crd('Widget', { group: '../../evil' }), /spec\.group\n[^\n]*expected a domain/],
    ['a version that leaves the folder', crd('Widget', { versions: ['v1', '../v2'] }), /spec\.versions\[1\]\.name\n/],
    ['a kind that is none', crd('../Widget'), /spec\.names\.kind\n/],
    ['no version that is served', crd('Widget', { versions: ['v0'] }), /expected one that is served/],
    ['no list of versions', crd('Widget').replace(/ {2}versions:[^]*/, '  versions: v1\n'), /expected a list of versions/],
    ['a schema that is none', crd('Widget').replace(/properties: \{ spec[^\n]*/, 'properties: { spec: null }'), /expected OpenAPI v3/],
  ])('refuses %s, with its place, and writes nothing', async (_, text, expected) => {
    project.write('good.yaml', crd('Good'))
    project.write('x.yaml', text)
    const { code, out } = await project.run('schemas add good.yaml x.yaml')
    expect(out).toMatch(expected)
    expect(code).toBe(1)
    expect(nodeDisk.kind(project.at('schemas'))).toBeUndefined()
  })

  test('two definitions of one kind are a mistake unless they are the same', async () => {
    project.write('a.yaml', crd('Widget'))
    project.write('b.yaml', crd('Widget'))
    project.write('c.yaml', crd('Widget', { type: 'string' }))
    expect(await project.run('schemas add a.yaml b.yaml')).toMatchObject({ code: 0 })
    expect((await project.run('schemas add --force a.yaml c.yaml')).out).toContain(
      'c.yaml:1\n  error schema-differs: Unexpected second definition of example.org/v1 Widget, expected one; the first is in a.yaml:1\n',
    )
  })

  test('a file that cannot be read is a finding', async () => {
    project.write('latin.yaml', Buffer.from('a: 1\nb: \xE4\n', 'latin1'))
    const { code, out } = await project.run('schemas add absent.yaml latin.yaml')
    expect(code).toBe(1)
    expect(out).toContain('absent.yaml\n  error unreadable-file: Unexpected ENOENT')
    expect(out).toContain('latin.yaml:2:4\n  error unreadable-file: Unexpected bytes, expected text in UTF-8')
  })

  test('writes through no link, and says what the disk refuses', async () => {
    project.write('crd.yaml', crd('Widget'))
    mkdirSync(project.at('schemas/extra/example.org'), { recursive: true })
    symlinkSync(project.at('crd.yaml'), project.at('schemas/extra/example.org/widget_v1.json'))
    expect((await project.run('schemas add --force crd.yaml')).out).toContain('error foreign-file')
    expect(project.read('crd.yaml')).toBe(crd('Widget'))

    project.write('gadget.yaml', crd('Gadget'))
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' })
    const disk = {
      ...nodeDisk,
      create: () => {
        throw full
      },
    }
    expect(await project.run('schemas add gadget.yaml', { disk })).toMatchObject({
      code: 1,
      out: expect.stringContaining('error write-failed'),
    })
  })

  test.each([
    ['schemas ad x.yaml', "unknown action 'ad', expected `add` (did you mean add?)"],
    ['schemas add', 'no file to add'],
  ])('%s is wrong usage', async (line, message) => {
    expect(await project.run(line)).toMatchObject({ code: 2, err: expect.stringContaining(message) })
  })
})

describe('schemas', () => {
  const sources = {
    core: { package: 'k8s.io/kubernetes', version: 'v1.36.3', kinds: ['apps/v1/Deployment', 'core/v1/Pod', 'example.org/v1/Widget'] },
  }

  test("lists each kind once, a user's own instead of the one that OpenOva brings", async () => {
    project.write('schemas/SOURCES.json', JSON.stringify(sources))
    project.write('crds.yaml', `${crd('Widget')}---\n${crd('Gadget')}`)
    await project.run('schemas add crds.yaml')
    expect(await project.run('schemas')).toEqual({
      code: 0,
      err: '',
      out: `kind        apiVersion      file                                        source
Deployment  apps/v1         schemas/kubernetes/apps/deployment_v1.json  k8s.io/kubernetes v1.36.3
Gadget      example.org/v1  schemas/extra/example.org/gadget_v1.json    added here
Widget      example.org/v1  schemas/extra/example.org/widget_v1.json    added here, instead of the one that OpenOva brings
Pod         v1              schemas/kubernetes/core/pod_v1.json         k8s.io/kubernetes v1.36.3
`,
    })
    expect(JSON.parse((await project.run('schemas --json')).out).schemas[2]).toEqual({
      kind: 'Widget',
      apiVersion: 'example.org/v1',
      file: 'schemas/extra/example.org/widget_v1.json',
      replaces: true,
    })
  })

  test('says so where there are none', async () => {
    expect(await project.run('schemas')).toEqual({ code: 0, err: '', out: 'no schemas\n' })
  })

  test.each(['schemas/SOURCES.json', 'schemas/extra/example.org/widget_v1.json'])('%s that is broken is a finding', async (file) => {
    project.write(file, '{')
    expect(await project.run('schemas')).toMatchObject({ code: 1, out: expect.stringContaining(`${file}\n  error broken-schema: `) })
  })
})
