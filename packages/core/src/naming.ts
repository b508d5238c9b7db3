import { cidrContains, formatAddress, parseCidr } from './cidr.ts'
import type { Platform } from './contract.ts'

type Named = Pick<Platform, 'provider' | 'buildingBlock' | 'environment'>

/** `{provider}-{location}-{building block}-{environment}`, such as `hz-fsn-rtz-prod`. */
export function clusterName({ provider, buildingBlock, environment }: Named, location: string): string {
  return [providers[provider].short, location, buildingBlock, environment].join('-')
}

/** One letter each of provider, location, building block and environment, such as `hfrp`. */
export function regionCode({ provider, buildingBlock, environment }: Named, location: string): string {
  const known = provider === 'hetzner' ? hetznerLocation(location)?.letter : undefined
  return providers[provider].letter + (known ?? location.slice(0, 1)) + buildingBlock.slice(0, 1) + environments[environment]
}

/** Clients use `name`, which leads to `gslb` (with one region: to `regionName`); `regionName` is this region only. */
export function hostNames(app: string, code: string, domain: string): { name: string; regionName: string; gslb: string } {
  return { name: `${app}.${domain}`, regionName: `${app}.${code}.${domain}`, gslb: `${app}.gslb.${domain}` }
}

/** Two regions can share a private network only within one zone. */
export const hetznerLocations = {
  fsn: { letter: 'f', zone: 'eu-central' },
  nbg: { letter: 'n', zone: 'eu-central' },
  hel: { letter: 'l', zone: 'eu-central' },
  ash: { letter: 'a', zone: 'us-east' },
  hil: { letter: 'i', zone: 'us-west' },
  sin: { letter: 's', zone: 'ap-southeast' },
} as const

export function hetznerLocation(location: string): { letter: string; zone: string } | undefined {
  return new Map<string, { letter: string; zone: string }>(Object.entries(hetznerLocations)).get(location)
}

/** What Hetzner itself calls a location: `fsn` is `fsn1`, `ash` is `ash`. */
export const hetznerLocationName = (location: string): string =>
  hetznerLocation(location)?.zone === 'eu-central' ? `${location}1` : location

/** Private addresses of the K3s servers: server n, from 1, has the address node range + 10 + n. */
export function serverAddresses(nodes: string, count: number): string[] {
  const range = parseCidr(nodes)
  if (!range) throw new Error(`Unexpected node range \`${nodes}\`, expected one such as \`10.0.1.0/24\``)
  const addresses = Array.from({ length: count }, (_, index) => range.first + 11 + index)
  if (!addresses.every((address) => cidrContains(range, { first: address, last: address, prefix: 32 }))) {
    throw new Error(
      `Unexpected node range \`${nodes}\`, expected one with room for ${count} servers from ${formatAddress(range.first + 11)}`,
    )
  }
  return addresses.map(formatAddress)
}

const providers: Readonly<Record<Platform['provider'], { short: string; letter: string }>> = {
  hetzner: { short: 'hz', letter: 'h' },
  huawei: { short: 'hw', letter: 'w' },
  oci: { short: 'oci', letter: 'o' },
  aws: { short: 'aws', letter: 'a' },
  gcp: { short: 'gcp', letter: 'g' },
  azure: { short: 'az', letter: 'z' },
}
const environments: Readonly<Record<Platform['environment'], string>> = { prod: 'p', stg: 's', uat: 'u', dev: 'd', poc: 'c' }
