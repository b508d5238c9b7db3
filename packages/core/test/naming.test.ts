import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cidrContains, cidrsOverlap, commonCidr, formatAddress, formatCidr, parseAddress, parseCidr } from '../src/cidr.ts'
import { clusterName, hetznerLocation, hetznerLocations, hostNames, regionCode, serverAddresses } from '../src/naming.ts'

const prod = { provider: 'hetzner', buildingBlock: 'rtz', environment: 'prod' } as const

test('a cluster is named after provider, location, building block and environment', () => {
  expect(clusterName(prod, 'fsn')).toBe('hz-fsn-rtz-prod')
  expect(clusterName({ provider: 'azure', buildingBlock: 'mgt', environment: 'poc' }, 'weu')).toBe('az-weu-mgt-poc')
})

test('a code has one letter each, as the conventions assign them', () => {
  expect(Object.keys(hetznerLocations).map((location) => regionCode(prod, location))).toEqual([
    'hfrp',
    'hnrp',
    'hlrp',
    'harp',
    'hirp',
    'hsrp',
  ])
  expect((['hetzner', 'huawei', 'oci', 'aws', 'gcp', 'azure'] as const).map((provider) => regionCode({ ...prod, provider }, 'x'))).toEqual([
    'hxrp',
    'wxrp',
    'oxrp',
    'axrp',
    'gxrp',
    'zxrp',
  ])
  expect((['prod', 'stg', 'uat', 'dev', 'poc'] as const).map((environment) => regionCode({ ...prod, environment }, 'fsn'))).toEqual([
    'hfrp',
    'hfrs',
    'hfru',
    'hfrd',
    'hfrc',
  ])
})

test('an unknown location is unknown, also when it is named like a part of every object', () => {
  expect(hetznerLocation('fsn')).toEqual({ letter: 'f', zone: 'eu-central' })
  expect(hetznerLocation('constructor')).toBeUndefined()
})

test('an app has a name for clients, one for its region and one that k8gb answers', () => {
  expect(hostNames('harbor', 'hfrp', 'example.org')).toEqual({
    name: 'harbor.example.org',
    regionName: 'harbor.hfrp.example.org',
    gslb: 'harbor.gslb.example.org',
  })
})

test('server n has the address node range + 10 + n', () => {
  expect(serverAddresses('10.0.1.0/24', 3)).toEqual(['10.0.1.11', '10.0.1.12', '10.0.1.13'])
  expect(() => serverAddresses('10.0.1.0/28', 6)).toThrow('expected one with room for 6 servers')
  expect(() => serverAddresses('10.0.1.0', 3)).toThrow('Unexpected node range `10.0.1.0`')
})

test.each([
  '10.0.0.0/33',
  '10.0.0/8',
  '10.0.0.0',
  '10.0.1.0/16',
  '256.0.0.0/8',
  '010.0.0.0/8',
  '10.0.0.0/08',
  'fd00::/8',
  '',
  '10.0.0.0/8 ',
])('refuses the range %j', (text) => expect(parseCidr(text)).toBeUndefined())

const cidr = fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(32)).map(([address, prefix]) => {
  const size = 2 ** (32 - prefix)
  const first = Math.floor(address / size) * size
  return { first, last: first + size - 1, prefix }
})

test('a range reads as it is written', () => {
  fc.assert(
    fc.property(cidr, (range) => {
      expect(parseCidr(formatCidr(range))).toEqual(range)
    }),
  )
  fc.assert(fc.property(fc.nat(2 ** 32 - 1), (address) => parseAddress(formatAddress(address)) === address))
})

test('two ranges overlap exactly where one contains the other', () => {
  fc.assert(
    fc.property(
      cidr,
      cidr,
      (a, b) => cidrsOverlap(a, b) === (cidrContains(a, b) || cidrContains(b, a)) && cidrsOverlap(a, b) === cidrsOverlap(b, a),
    ),
  )
  expect(cidrsOverlap(parseCidr('10.0.0.0/16')!, parseCidr('10.0.128.0/24')!)).toBe(true)
  expect(cidrsOverlap(parseCidr('10.0.0.0/16')!, parseCidr('10.1.0.0/16')!)).toBe(false)
})

test('the common range holds both, and no smaller one does', () => {
  fc.assert(
    fc.property(cidr, cidr, (a, b) => {
      const { first, last, prefix } = commonCidr(a, b)
      expect(cidrContains({ first, last, prefix }, a) && cidrContains({ first, last, prefix }, b)).toBe(true)
      const half = first + (last - first + 1) / 2
      expect(prefix === Math.min(a.prefix, b.prefix) || a.first < half !== b.first < half).toBe(true)
    }),
  )
  expect(formatCidr(commonCidr(parseCidr('10.0.1.0/24')!, parseCidr('10.0.2.0/24')!))).toBe('10.0.0.0/22')
})
