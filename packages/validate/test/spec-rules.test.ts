import { describe, expect, test } from 'vitest'
import { validateSpec } from '../src/index.ts'
import { catalogOf, specOf } from './examples.ts'

const find = (part: Record<string, unknown>) =>
  validateSpec(specOf(part), catalogOf(['harbor'])).map(({ code, severity, at, fix }) => ({ code, severity, at, fix }))
const at = (part: Record<string, unknown>) => find(part).map((finding) => `${finding.code} ${finding.at}`)
const pool = (change: object) => ({
  name: 'pool',
  role: 'server',
  source: 'cloud',
  count: 3,
  cpu: 4,
  memory: 8,
  volumes: 16,
  labels: {},
  taints: [],
  ...change,
})

test('finds nothing in a platform of two regions in one network zone', () => {
  expect(find({})).toEqual([])
})

describe('choices that exclude each other', () => {
  test.each([
    [
      'a provider that is not available',
      { provider: 'aws', dns: 'route53', archival: 's3', regions: [{ location: 'fra' }, { location: 'ams' }] },
      'spec.provider',
    ],
    ['a DNS provider of another cloud', { dns: 'route53' }, 'spec.dns'],
    ['an archive of another cloud', { archival: 'gcs' }, 'spec.archival'],
    ['a location that does not exist', { regions: [{ location: 'fns' }, {}] }, 'spec.regions[0].location'],
    ['regions in different network zones', { regions: [{}, { location: 'ash' }] }, 'spec.regions[1].location'],
    ['regions with the same code', { regions: [{}, { location: 'fsn' }] }, 'spec.regions[1].location'],
    ['an even number of servers', { regions: [{ pools: [pool({ count: 2 })] }, {}] }, 'spec.regions[0].pools[0].count'],
    ['no server', { regions: [{ pools: [pool({ role: 'agent' })] }, {}] }, 'spec.regions[0].pools'],
    ['Git under the platform domain', { git: { url: 'https://gitea.example.com/p.git', branch: 'main' } }, 'spec.git.url'],
    ['Git in the cluster', { git: { url: 'http://gitea.gitea.svc:3000/p.git', branch: 'main' } }, 'spec.git.url'],
    ['Git in the cluster by ssh', { git: { url: 'git@gitea.gitea.svc.cluster.local:p.git', branch: 'main' } }, 'spec.git.url'],
    ['a write region that does not exist', { writeRegion: 'region-c' }, 'spec.writeRegion'],
  ])('refuses %s', (_, part, place) => {
    expect(at(part)).toEqual([`choice-compatibility ${place}`])
  })

  test.each([
    [
      'a coming provider in preview',
      { provider: 'aws', preview: true, dns: 'route53', archival: 's3', regions: [{ location: 'fra' }, { location: 'ams' }] },
    ],
    ['the DNS provider of its cloud', { dns: 'hetzner-dns' }],
    ['Git on a host that only ends like the domain', { git: { url: 'https://git.myexample.com/p.git', branch: 'main' } }],
    ['Git by ssh elsewhere', { git: { url: 'ssh://git@git.example.org:22/p.git', branch: 'main' } }],
    [
      'GPUs on external servers',
      { regions: [{ pools: [pool({}), pool({ role: 'agent', source: 'external', gpu: { model: 'A10', count: 2 } })] }, {}] },
    ],
    ['servers of two pools that make three', { regions: [{ pools: [pool({ count: 1 }), pool({ count: 2 })] }, {}] }],
  ])('accepts %s', (_, part) => {
    expect(find(part)).toEqual([])
  })

  test('allows cilium-l2 only where external nodes share a segment', () => {
    const region = (layer2: boolean, source: string) => ({ network: { layer2 }, pools: [pool({ source })] })
    const both = (layer2: boolean, source: string) => ({
      loadBalancer: 'cilium-l2',
      regions: [region(layer2, source), region(layer2, source)],
    })
    expect(at(both(true, 'external'))).toEqual([])
    expect(at(both(false, 'external'))).toContain('choice-compatibility spec.loadBalancer')
    expect(at(both(true, 'cloud'))).toContain('choice-compatibility spec.loadBalancer')
  })
})

describe('regions', () => {
  test('one is a warning, none and three are errors', () => {
    expect(find({ regions: [{}] })).toMatchObject([{ code: 'region-count', severity: 'warning' }])
    expect(at({ regions: [] })).toEqual(['region-count spec.regions'])
    expect(at({ regions: [{}, {}, {}] })).toEqual(['region-count spec.regions[2]'])
  })

  test('names the place and the other range of an overlap, whichever of the six they are', () => {
    expect(at({ regions: [{ network: { services: '10.42.128.0/17' } }, {}] })).toEqual(['cidr-overlap spec.regions[0].network.services'])
    expect(at({ regions: [{}, { network: { services: '10.42.0.0/24' } }] })).toEqual(['cidr-overlap spec.regions[1].network.services'])
  })

  test('keeps pods out of the network that both node ranges share', () => {
    expect(at({ regions: [{ network: { nodes: '10.0.0.0/24' } }, { network: { nodes: '10.63.0.0/24' } }] })).toContain(
      'cidr-overlap spec.regions[0].network.pods',
    )
  })

  test('needs a node range with room for every node after the ten that are reserved', () => {
    expect(at({ regions: [{ network: { nodes: '10.0.1.0/28' } }, {}] })).toEqual([])
    expect(find({ regions: [{ network: { nodes: '10.0.1.0/28' }, pools: [pool({ count: 5 })] }, {}] })).toMatchObject([
      { at: 'spec.regions[0].network.nodes', fix: 'choose a range of `/27` or larger' },
    ])
  })

  test('reads a range only by its own network address', () => {
    expect(at({ regions: [{ network: { pods: '10.42.1.0/16' } }, {}] })).toEqual(['cidr-overlap spec.regions[0].network.pods'])
  })
})

test('suggests the component that was meant, also under a region', () => {
  expect(find({ regions: [{ components: { habor: {} } }, {}] })).toMatchObject([
    { code: 'unknown-component', at: 'spec.regions[0].components.habor', fix: 'did you mean `harbor`?' },
  ])
})

test('reports all findings at once', () => {
  expect(
    at({ dns: 'route53', products: ['cortx'], components: { habor: {} }, regions: [{}, { network: { pods: '10.42.0.0/16' } }] }),
  ).toEqual([
    'unknown-component spec.components.habor',
    'choice-compatibility spec.dns',
    'unknown-product spec.products[0]',
    'cidr-overlap spec.regions[1].network.pods',
  ])
})
