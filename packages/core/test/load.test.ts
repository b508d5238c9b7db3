import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Catalog, Component } from '../src/contract.ts'
import { loadSpec } from '../src/spec/load.ts'

const file = 'clusters/platform.yaml'
const catalog = fakeCatalog()
const good = `apiVersion: openova.io/v1alpha1
kind: Platform
metadata:
  name: example
spec:
  domain: example.org
  git: { url: https://git.example.com/platform.git }
  regions:
    - name: region-a
      location: fsn
      network: { nodes: 10.0.1.0/24, pods: 10.1.0.0/16, services: 10.2.0.0/16 }
      pools:
        - { name: server, count: 3, cpu: 8, memory: 16 }
    - name: region-b
      location: nbg
      network:
        nodes: 10.0.2.0/24
        pods: 10.3.0.0/16
        services: 10.4.0.0/16
      pools:
        - { name: server, count: 3, cpu: 8, memory: 16 }
      components:
        harbor: { values: { replicas: 3 } }
  components:
    harbor: { values: { replicas: 2, ui: { theme: dark } }, helmValues: { harbor: { any: [thing] } } }
    cnpg:
`

test('reads a platform and applies its defaults, save those of component values', () => {
  const { spec, findings } = load(good)
  expect(findings).toEqual([])
  expect(spec).toMatchObject({
    apiVersion: 'openova.io/v1alpha1',
    spec: {
      environment: 'prod',
      buildingBlock: 'rtz',
      provider: 'hetzner',
      preview: false,
      loadBalancer: 'cloud',
      dns: 'cloudflare',
      archival: 'cloudflare-r2',
      git: { url: 'https://git.example.com/platform.git', branch: 'main' },
      writeRegions: {},
      failover: { writeServices: 'flux' },
      acknowledge: [],
      products: [],
    },
  })
  expect(spec?.spec.regions[0]).toEqual({
    name: 'region-a',
    location: 'fsn',
    network: { nodes: '10.0.1.0/24', pods: '10.1.0.0/16', services: '10.2.0.0/16', layer2: false },
    pools: [{ name: 'server', role: 'server', source: 'cloud', count: 3, cpu: 8, memory: 16, volumes: 16, labels: {}, taints: [] }],
    components: {},
  })
  expect(spec?.spec.components).toEqual({
    harbor: { values: { replicas: 2, ui: { theme: 'dark' } }, helmValues: { harbor: { any: ['thing'] } } },
    cnpg: {},
  })
  expect(spec?.spec.regions[1]?.components).toEqual({ harbor: { values: { replicas: 3 } } })
  expect(spec?.spec).not.toHaveProperty('writeRegion')
})

/** Name, a change of the good text, what is said of it. */
const mistakes: [name: string, change: [from: string | RegExp, to: string], said: string[]][] = [
  [
    'a misspelt component',
    ['  components:\n    harbor:', '  components:\n    harbr:'],
    ['25:5 spec.components.harbr unknown-component: Unexpected `harbr`, expected one of cnpg, harbor, relay -> did you mean `harbor`?'],
  ],
  [
    'an unknown component',
    ['    cnpg:', '    postgres:'],
    [
      '26:5 spec.components.postgres unknown-component: Unexpected `postgres`, expected one of cnpg, harbor, relay -> remove it; `pnpm openova list` shows what there is',
    ],
  ],
  [
    'a component that is not built yet',
    ['    cnpg:', '    valkey: {}'],
    [
      '26:5 spec.components.valkey unknown-component: Unexpected `valkey`, which is not available yet -> remove it; `pnpm openova list` shows what there is',
    ],
  ],
  [
    'an unknown component of a region',
    ['        harbor:', '        habor:'],
    [
      '23:9 spec.regions[1].components.habor unknown-component: Unexpected `habor`, expected one of cnpg, harbor, relay -> did you mean `harbor`?',
    ],
  ],
  [
    'a misspelt product',
    ['  domain:', '  products: [relai]\n  domain:'],
    ['6:14 spec.products[0] unknown-product: Unexpected `relai`, expected `relay` -> did you mean `relay`?'],
  ],
  [
    'a misspelt provider',
    ['  domain:', '  provider: hetzer\n  domain:'],
    [
      '6:13 spec.provider spec-schema: Unexpected `hetzer`, expected one of hetzner, huawei, oci, aws, gcp, azure -> did you mean `hetzner`?',
    ],
  ],
  [
    'a misspelt value',
    ['replicas: 2', 'replica: 2'],
    [
      '25:25 spec.components.harbor.values.replica values-schema: Unexpected `replica`, expected one of replicas, ui -> did you mean `replicas`?',
    ],
  ],
  [
    'a misspelt value inside a value',
    ['theme:', 'them:'],
    ['25:44 spec.components.harbor.values.ui.them values-schema: Unexpected `them`, expected `theme` -> did you mean `theme`?'],
  ],
  [
    'a value outside its words',
    ['theme: dark', 'theme: drak'],
    ['25:51 spec.components.harbor.values.ui.theme values-schema: Unexpected `drak`, expected one of dark, light -> did you mean `dark`?'],
  ],
  [
    'a value of a wrong type',
    ['replicas: 2', "replicas: '2'"],
    ['25:35 spec.components.harbor.values.replicas values-schema: Unexpected `"2"`, expected a whole number -> remove the quotes: `2`'],
  ],
  [
    'a value of a wrong type in a region',
    ['replicas: 3', 'replicas: many'],
    [
      '23:39 spec.regions[1].components.harbor.values.replicas values-schema: Unexpected `"many"`, expected a whole number -> write a whole number, such as `2`',
    ],
  ],
  [
    'a value below its least',
    ['replicas: 2', 'replicas: 0'],
    ['25:35 spec.components.harbor.values.replicas values-schema: Unexpected `0`, expected a value >= 1 -> correct it, such as `2`'],
  ],
  [
    'a value that is not below `values`',
    ['harbor: { values: { replicas: 3 } }', 'harbor: { replicas: 3 }'],
    [
      '23:19 spec.regions[1].components.harbor.replicas spec-schema: Unexpected `replicas`, expected one of values, helmValues -> put it below `values`: `values: { replicas: ... }`',
    ],
  ],
  [
    'turning a mandatory component off',
    ['harbor: { values: { replicas: 3 } }', 'harbor: { enabled: false }'],
    [
      '23:19 spec.regions[1].components.harbor.enabled mandatory-set: Unexpected attempt to switch harbor off, expected it in every region: it is one of the 26 mandatory components -> remove it: a mandatory component cannot be turned off',
    ],
  ],
  [
    'turning another component off',
    ['    cnpg:', '    cnpg: { enabled: false }'],
    [
      '26:13 spec.components.cnpg.enabled spec-schema: Unexpected `enabled`, expected one of values, helmValues -> remove it: naming `cnpg` chooses it, leaving it out does not',
    ],
  ],
  [
    'helm values without their release',
    ['helmValues: { harbor: { any: [thing] } }', 'helmValues: { any: 1 }'],
    ['25:80 spec.components.harbor.helmValues.any spec-schema: Unexpected `1`, expected a map -> write a map'],
  ],
  [
    'an unknown key',
    ['  domain:', '  dommain: x\n  domain:'],
    [
      '6:3 spec.dommain spec-schema: Unexpected `dommain`, expected one of environment, buildingBlock, domain, provider, preview, loadBalancer, dns, archival, git, regions, writeRegion, writeRegions, failover, acknowledge, products, components -> did you mean `domain`?',
    ],
  ],
  [
    'a missing key',
    ['  domain: example.org\n', ''],
    ['5:1 spec.domain spec-schema: Missing `domain`, expected: Domain of all hosts -> add `domain`'],
  ],
  [
    'a missing key inside a list',
    [', count: 3, cpu: 8, memory: 16 }\n    - name', ', cpu: 8, memory: 16 }\n    - name'],
    ['13:11 spec.regions[0].pools[0].count spec-schema: Missing `count`, expected: Number of nodes -> add `count`'],
  ],
  [
    'a map where text belongs',
    ['domain: example.org', 'domain: { a: b }'],
    ['6:3 spec.domain spec-schema: Unexpected map, expected text -> write text'],
  ],
  [
    'a number where text belongs',
    ['domain: example.org', 'domain: 12'],
    ['6:11 spec.domain spec-schema: Unexpected `12`, expected text -> put it in quotes: `"12"`'],
  ],
  [
    '`yes` where true or false belongs',
    ['  domain:', '  preview: yes\n  domain:'],
    ['6:12 spec.preview spec-schema: Unexpected `"yes"`, expected `true` or `false` -> write `true` or `false`, such as `false`'],
  ],
  [
    'nothing where a list belongs',
    ['  domain:', '  products:\n  domain:'],
    ['6:3 spec.products spec-schema: Unexpected nothing, expected a list -> write a list'],
  ],
  [
    'another kind of document',
    ['kind: Platform', 'kind: Deployment'],
    ['2:7 kind spec-schema: Unexpected `"Deployment"`, expected `Platform` -> write `Platform`'],
  ],
  [
    'a domain in upper case',
    ['domain: example.org', 'domain: Example.org'],
    [
      '6:11 spec.domain spec-schema: Unexpected `"Example.org"`, expected a domain name in lower case, such as `example.org` -> write a domain name in lower case, such as `example.org`',
    ],
  ],
  [
    'a range off its network',
    ['pods: 10.3.0.0/16', 'pods: 10.3.7.0/16'],
    [
      '18:15 spec.regions[1].network.pods spec-schema: Unexpected `"10.3.7.0/16"`, expected an IPv4 range by its own network address, such as `10.0.0.0/16` -> write an IPv4 range by its own network address, such as `10.0.0.0/16`',
    ],
  ],
  [
    'an unknown location',
    ['location: nbg', 'location: nbgg'],
    ['15:17 spec.regions[1].location spec-schema: Unexpected `nbgg`, expected one of fsn, nbg, hel, ash, hil, sin -> did you mean `nbg`?'],
  ],
  [
    'a taint without effect',
    ['memory: 16 }\n    - name', 'memory: 16, taints: [gpu] }\n    - name'],
    [
      '13:66 spec.regions[0].pools[0].taints[0] spec-schema: Unexpected `"gpu"`, expected key=value:effect, such as `nvidia.com/gpu=present:PreferNoSchedule` -> write key=value:effect, such as `nvidia.com/gpu=present:PreferNoSchedule`',
    ],
  ],
  [
    'a region named twice',
    ['name: region-b', 'name: region-a'],
    [
      '14:13 spec.regions[1].name spec-schema: Unexpected second region `region-a`, expected distinct names -> rename this region, or remove it',
    ],
  ],
  [
    'a region named like the base',
    ['name: region-b', 'name: base'],
    [
      '14:13 spec.regions[1].name spec-schema: Unexpected `"base"`, expected at most 30 lower-case letters, digits and dashes that start with a letter, and not `base` -> write at most 30 lower-case letters, digits and dashes that start with a letter, and not `base`',
    ],
  ],
  [
    'a region that leaves its folder',
    ['name: region-b', 'name: ../../etc'],
    [
      '14:13 spec.regions[1].name spec-schema: Unexpected `"../../etc"`, expected at most 30 lower-case letters, digits and dashes that start with a letter, and not `base` -> write at most 30 lower-case letters, digits and dashes that start with a letter, and not `base`',
    ],
  ],
  [
    'a pool named twice',
    [
      '- { name: server, count: 3, cpu: 8, memory: 16 }\n    - name',
      '- { name: server, count: 3, cpu: 8, memory: 16 }\n        - { name: server, count: 1, cpu: 8, memory: 16 }\n    - name',
    ],
    [
      '14:19 spec.regions[0].pools[1].name spec-schema: Unexpected second pool `server`, expected distinct names -> rename this pool, or remove it',
    ],
  ],
  [
    'an unknown write region',
    ['  domain:', '  writeRegion: region-c\n  domain:'],
    ['6:16 spec.writeRegion spec-schema: Unexpected `region-c`, expected one of region-a, region-b -> did you mean `region-a`?'],
  ],
  [
    'an unknown write region of a service',
    ['  domain:', '  writeRegions: { harbor: west }\n  domain:'],
    ['6:27 spec.writeRegions.harbor spec-schema: Unexpected `west`, expected one of region-a, region-b -> write the name of a region'],
  ],
  [
    'a write region of an unknown service',
    ['  domain:', '  writeRegions: { harbr: region-a }\n  domain:'],
    ['6:19 spec.writeRegions.harbr unknown-component: Unexpected `harbr`, expected one of cnpg, harbor, relay -> did you mean `harbor`?'],
  ],
  [
    'three regions',
    [/\n {4}- name: region-b(.*?)(?=\n {6}components)/s, '\n    - name: region-b$1\n    - name: region-c$1'],
    ['22:7 spec.regions[2] region-count: Unexpected number of regions 3, expected 1 or 2 -> remove the others'],
  ],
  [
    'no region',
    [/regions:.*(?=\n {2}components)/s, 'regions: []'],
    ['8:3 spec.regions region-count: Unexpected number of regions 0, expected 1 or 2 -> add a region'],
  ],
]

describe('finds', () => {
  test.each(mistakes)('%s', (_, [from, to], said) => {
    const text = good.replace(from, to)
    expect(text).not.toBe(good)
    const { spec, findings } = load(text)
    expect(spec).toBeUndefined()
    expect(findings.map(say)).toEqual(said)
    expect(findings.every((finding) => finding.file === file && finding.severity === 'error')).toBe(true)
  })
})

test('reports all mistakes in one run, in the order of the file', () => {
  const text = good
    .replace('kind: Platform', 'kind: Platfrm')
    .replace('location: fsn', 'location: fns')
    .replace('replicas: 2', 'replica: 2')
    .replace('    cnpg:', '    cnpgg:\n    cnpg:\n    cnpg:')
  expect(load(text).findings.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([
    '2:7 spec-schema',
    '10:17 spec-schema',
    '25:25 values-schema',
    '26:5 unknown-component',
    '28:5 spec-syntax',
  ])
})

/** Name, text, what is said of it. */
const unreadable: [name: string, text: string, said: string[]][] = [
  [
    'an open list',
    'a: [1, 2\nb: 3\n',
    [
      '2:1  spec-syntax: Flow sequence in block collection must be sufficiently indented and end with a ] -> correct the YAML here, or in the line before',
    ],
  ],
  [
    'a map in the line of its key',
    'spec: domain: x\n',
    [
      '1:7  spec-syntax: Unexpected map in the line of its key, expected it in the next line -> quote the value, or put the inner key in a line of its own',
    ],
  ],
  ['a tab', 'spec:\n\tdomain: x\n', ['2:1  spec-syntax: Unexpected tab, expected spaces as indentation -> indent with spaces']],
  ['an empty file', '', ['1:1  spec-schema: Unexpected empty file, expected a platform spec -> run `pnpm openova init`']],
  [
    'a file with comments only',
    '# nothing\n\n',
    ['1:1  spec-schema: Unexpected empty file, expected a platform spec -> run `pnpm openova init`'],
  ],
  ['a list', '- a\n', ['1:1  spec-schema: Unexpected list, expected a map -> write a map']],
  ['plain text', 'hello\n', ['1:1  spec-schema: Unexpected `"hello"`, expected a map -> write a map']],
  [
    'a second document',
    `${good}---\na: 1\n`,
    ['27:1  spec-syntax: Unexpected second document, expected one -> remove the line `---` and what follows it'],
  ],
  [
    'a key that stands twice',
    good.replace('  domain:', '  domain: a.example.org\n  domain:'),
    ['7:3  spec-syntax: Unexpected second `domain`, expected each key once -> remove one of the two, or join them'],
  ],
  [
    'an alias without anchor',
    good.replace('example.org', '*none'),
    ['6:11  spec-syntax: Unexpected alias `*none`, expected an anchor `&none` before it -> correct its name, or write the value out'],
  ],
  [
    'an alias inside its own anchor',
    'a: &a\n  b: [*a]\n',
    ['2:7  spec-syntax: Unexpected alias `*a` inside its own anchor -> write the value out'],
  ],
  [
    'a merge of text',
    'a:\n  <<: text\n',
    ['2:3  spec-syntax: Unexpected value of the merge key `<<`, expected an alias of a map -> write `<<: *anchor`'],
  ],
  [
    'a tag',
    'a: !!binary aGVsbG8=\n',
    ['1:13  spec-syntax: Unexpected tag `tag:yaml.org,2002:binary`, expected plain data -> remove the tag'],
  ],
  ['a tag of its own', 'a: !secret x\n', ['1:4  spec-syntax: Unexpected tag, expected plain data -> remove the tag']],
  [
    'a key that would change every object',
    'a: { __proto__: { b: 1 } }\n',
    ['1:6  spec-syntax: Unexpected key, expected text -> write a plain word as the key'],
  ],
  ['a map as a key', '? { a: 1 }\n: 2\n', ['1:3  spec-syntax: Unexpected key, expected text -> write a plain word as the key']],
  [
    'YAML 1.1',
    `%YAML 1.1\n---\n${good}`,
    ['1:1  spec-syntax: Unexpected `%YAML 1.1`, expected YAML 1.2, where `yes` and `on` are text -> remove the line'],
  ],
]

describe('refuses', () => {
  test.each(unreadable)('%s', (_, text, said) => {
    const { spec, findings } = load(text)
    expect(spec).toBeUndefined()
    expect(findings.map(say)).toEqual(said)
  })

  test('an alias bomb, without expanding it', () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    const bomb = levels
      .map(
        (name, index) =>
          `${name}: &${name} [${Array(9)
            .fill(index === 0 ? 'x' : `*${levels[index - 1]}`)
            .join(', ')}]\n`,
      )
      .join('')
    expect(load(bomb).findings.map(say)).toEqual([
      '9:40  spec-syntax: Unexpected number of aliases: they repeat their anchors more than 100 times -> write the values out',
    ])
  })

  test('lists nested without end, in one finding', () => {
    const { findings } = load(`a: ${'['.repeat(5000)}`)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ code: 'spec-syntax', line: 1, fix: 'flatten it' })
  })
})

test('a byte order mark and CRLF are findings, and move no other', () => {
  const text = `\uFEFF${good.replace('kind: Platform', 'kind: Platfrm').replace('theme: dark', 'theme: drak').replaceAll('\n', '\r\n')}`
  expect(load(text).findings.map(({ line, column, message }) => `${line}:${column} ${message.split(',')[0]}`)).toEqual([
    '1:1 Unexpected byte order mark',
    expect.stringMatching(/^1:\d+ Unexpected line end CRLF$/),
    expect.stringMatching(/^2:7 Unexpected .*Platfrm/),
    expect.stringMatching(/^25:51 Unexpected `drak`$/),
  ])
  expect(load(`\uFEFF${good}`).spec).toBeUndefined()
  expect(load(good.replaceAll('\n', '\r\n')).spec).toBeUndefined()
  expect(load(`\uFEFFkind: [`).findings[1]).toMatchObject({ line: 1, column: 8 })
})

test('anchors and merge keys are read, and a mistake in them is placed where it is written', () => {
  const shared = good
    .replace(
      '- { name: server, count: 3, cpu: 8, memory: 16 }\n    - name',
      '- &pool { name: server, count: 3, cpu: 8, memory: 16 }\n    - name',
    )
    .replace('- { name: server, count: 3, cpu: 8, memory: 16 }', '- { <<: *pool, count: 5 }')
  expect(load(shared).spec?.spec.regions[1]?.pools[0]).toMatchObject({ name: 'server', count: 5, cpu: 8 })
  expect(load(shared.replace('cpu: 8', 'cpu: few')).findings.map(({ at, line, column }) => [at, line, column])).toEqual([
    ['spec.regions[0].pools[0].cpu', 13, 48],
    ['spec.regions[1].pools[0].cpu', 13, 48],
  ])
})

test('never throws, whatever stands in the file, and places every finding in it', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ':',
      ',',
      '-',
      '!',
      '|',
      '>',
      '%',
      '@',
      '`',
      '"',
      "'",
      '#',
      '?',
      '~',
      '\n',
      '\t',
      ' ',
      '\r',
      '0',
      '<<: ',
      '---\n',
      '*a',
      '&a ',
      '!!set ',
      'null',
      '__proto__',
    ),
    fc.string({ maxLength: 3 }),
  )
  const change = fc.record({ at: fc.nat(good.length), length: fc.nat(12), piece })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const text = changes.reduce((each, { at, length, piece }) => each.slice(0, at) + piece + each.slice(at + length), good)
      const lines = text.split('\n')
      const { spec, findings } = load(text)
      expect(spec === undefined).toBe(findings.length > 0)
      expect(
        findings.filter(
          ({ line = 0, column = 0 }) => line < 1 || line > lines.length || column < 1 || column > (lines[line - 1]?.length ?? 0) + 1,
        ),
      ).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('locates a path, in block, flow and list, or the nearest parent that exists', () => {
  const { locate } = load(good)
  const places = [
    '',
    'spec',
    'spec.domain',
    'spec.git.url',
    'spec.git.branch',
    'spec.regions[1]',
    'spec.regions.1.network.pods',
    'spec.regions[1].network',
    'spec.regions[7].name',
    'spec.components.cnpg',
    'spec.components.cnpg.values.x',
    'nothing',
  ]
  expect(places.map((path) => [path, Object.values(locate(path) ?? {}).join(':')])).toEqual([
    ['', '1:1'],
    ['spec', '5:1'],
    ['spec.domain', '6:11'],
    ['spec.git.url', '7:15'],
    ['spec.git.branch', '7:3'],
    ['spec.regions[1]', '14:7'],
    ['spec.regions.1.network.pods', '18:15'],
    ['spec.regions[1].network', '16:7'],
    ['spec.regions[7].name', '8:3'],
    ['spec.components.cnpg', '26:5'],
    ['spec.components.cnpg.values.x', '26:5'],
    ['nothing', '1:1'],
  ])
})

test('locates a key that has dots in it', () => {
  const { locate } = load('labels:\n  example.org/a.b: x\n')
  expect(locate('labels.example\\.org/a\\.b')).toEqual({ line: 2, column: 20 })
})

const load = (text: string) => loadSpec(text, { file, catalog })

function say({ line, column, at, code, message, fix }: ReturnType<typeof load>['findings'][number]): string {
  return `${line}:${column} ${at} ${code}: ${message} -> ${fix.replace(/, or write `apiVersion.*/, '')}`
}

function fakeCatalog(): Catalog {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: {
      replicas: { type: 'integer', minimum: 1, default: 2, description: 'Replicas.' },
      ui: {
        type: 'object',
        additionalProperties: false,
        description: 'Its pages.',
        properties: { theme: { type: 'string', enum: ['dark', 'light'], default: 'dark', description: 'Colours.' } },
      },
    },
  }
  const none = { type: 'object', additionalProperties: false, properties: {} }
  const harbor: Component = { name: 'harbor', tier: 'mandatory', category: 'registry', namespace: 'harbor', values: { schema } }
  const cnpg: Component = { name: 'cnpg', tier: 'a-la-carte', category: 'data', namespace: 'cnpg', values: { schema: none } }
  const relay = {
    name: 'relay' as const,
    tier: 'product' as const,
    category: 'product',
    namespace: 'relay',
    values: { schema: none },
    bundles: [],
    limits: { cpu: '1', memory: '1Gi' },
  }
  return {
    components: new Map([
      ['harbor', harbor],
      ['cnpg', cnpg],
    ]),
    products: new Map([['relay', relay]]),
  }
}

test('what is left without its mistakes is a draft, unless something is missing', () => {
  const draft = load(good.replace('theme: dark', 'theme: drak')).draft
  expect(draft?.spec.regions.map(({ network }) => network.pods)).toEqual(load(good).spec?.spec.regions.map(({ network }) => network.pods))
  expect(load(good.replace(/^ *domain: .*\n/m, '')).draft).toBeUndefined()
  expect(load('kind: [').draft).toBeUndefined()
})
