import { hetznerLocation, hetznerLocations, oneOf, type PlatformSpec, regionCode } from '@openova/core'
import { didYouMean } from '../nearest.ts'
import { defineRule, type Draft, type SpecRule } from '../rule.ts'

export default defineRule<SpecRule>({
  name: 'choice-compatibility',
  severity: 'error',
  description: 'Choices that exclude each other are refused: provider, DNS, archive, load balancer, locations, servers, Git.',
  on: 'spec',

  check(platform) {
    return sentences.flatMap((sentence) => sentence(platform.spec))
  },

  examples: {
    pass: 'dns: cloudflare',
    fail: 'dns: route53',
  },
})

type Spec = PlatformSpec['spec']

const sentences: readonly ((spec: Spec) => Draft[])[] = [
  providerIsAvailable,
  dnsBelongsToTheProvider,
  archiveBelongsToTheProvider,
  locationsExist,
  regionsShareANetworkZone,
  codesDiffer,
  layer2IsThere,
  serversFormAQuorum,
  gitIsOutside,
  writeRegionsExist,
]

function providerIsAvailable({ provider, preview }: Spec): Draft[] {
  if (provider === 'hetzner' || preview) return []
  return [
    {
      at: 'spec.provider',
      message: `Unexpected provider \`${provider}\`, expected \`hetzner\`: the others are not available yet`,
      fix: 'set `preview: true` to render what there is of it',
    },
  ]
}

const clouds: Readonly<Record<string, Spec['provider']>> = {
  'hetzner-dns': 'hetzner',
  route53: 'aws',
  'cloud-dns': 'gcp',
  'azure-dns': 'azure',
  s3: 'aws',
  gcs: 'gcp',
  'azure-blob': 'azure',
}

function dnsBelongsToTheProvider({ dns, provider }: Spec): Draft[] {
  return belongs('spec.dns', 'DNS provider', dns, provider, ['cloudflare', 'hetzner-dns', 'route53', 'cloud-dns', 'azure-dns'])
}

function archiveBelongsToTheProvider({ archival, provider }: Spec): Draft[] {
  return belongs('spec.archival', 'archive', archival, provider, ['cloudflare-r2', 's3', 'gcs', 'azure-blob'])
}

function belongs(at: string, what: string, choice: string, provider: string, choices: readonly string[]): Draft[] {
  const cloud = clouds[choice]
  if (cloud === undefined || cloud === provider) return []
  const possible = choices.filter((one) => (clouds[one] ?? provider) === provider)
  return [
    {
      at,
      message: `Unexpected ${what} \`${choice}\` with provider \`${provider}\`: it needs provider \`${cloud}\``,
      fix: `use ${oneOf(possible)}`,
    },
  ]
}

function locationsExist({ provider, regions }: Spec): Draft[] {
  if (provider !== 'hetzner') return []
  return regions.flatMap(({ location }, index): Draft[] => {
    if (hetznerLocation(location)) return []
    const known = Object.keys(hetznerLocations)
    return [
      {
        at: `spec.regions[${index}].location`,
        message: `Unexpected location \`${location}\`, expected ${oneOf(known)}`,
        fix: didYouMean(location, known),
      },
    ]
  })
}

function regionsShareANetworkZone({ provider, regions }: Spec): Draft[] {
  if (provider !== 'hetzner') return []
  const [first, second] = regions.map(({ location }) => ({ location, zone: hetznerLocation(location)?.zone }))
  if (!first?.zone || !second?.zone || first.zone === second.zone) return []
  const possible = Object.entries(hetznerLocations).filter(([location, { zone }]) => zone === first.zone && location !== first.location)
  return [
    {
      at: 'spec.regions[1].location',
      message: `Unexpected location \`${second.location}\` in network zone ${second.zone}, expected one in ${first.zone} like \`${first.location}\`: a private network does not cross zones`,
      fix:
        possible.length > 0
          ? `use ${oneOf(possible.map(([location]) => location))}`
          : 'choose both locations in one zone, such as `fsn` and `nbg`',
    },
  ]
}

function codesDiffer(spec: Spec): Draft[] {
  const [first, second] = spec.regions
  if (!first || !second || regionCode(spec, first.location) !== regionCode(spec, second.location)) return []
  const code = regionCode(spec, second.location)
  return [
    {
      at: 'spec.regions[1].location',
      message: `Unexpected location \`${second.location}\`, expected one whose code differs from that of \`${first.location}\`: both regions would be \`${code}\` in host names`,
      fix: 'choose another location for one of the regions',
    },
  ]
}

function layer2IsThere({ loadBalancer, provider, regions }: Spec): Draft[] {
  if (loadBalancer !== 'cilium-l2') return []
  const fix = 'use `cloud` or `k8gb`, or node pools of dedicated servers (`source: external`) on one segment with `network.layer2: true`'
  const at = 'spec.loadBalancer'
  return regions.flatMap(({ name, network, pools }): Draft[] => {
    if (!network.layer2)
      return [
        {
          at,
          message: `Unexpected load balancer \`cilium-l2\`, expected nodes that share a layer 2 segment, which ${name} does not declare`,
          fix,
        },
      ]
    const cloud = provider === 'hetzner' ? pools.find(({ source }) => source === 'cloud') : undefined
    if (!cloud) return []
    return [
      {
        at,
        message: `Unexpected load balancer \`cilium-l2\` with cloud pool \`${cloud.name}\` in ${name}: networks of Hetzner Cloud are routed, nobody answers ARP`,
        fix,
      },
    ]
  })
}

function serversFormAQuorum({ regions }: Spec): Draft[] {
  return regions.flatMap(({ name, pools }, index): Draft[] => {
    const servers = pools.filter(({ role }) => role === 'server')
    const count = servers.reduce((sum, pool) => sum + pool.count, 0)
    if ([1, 3, 5].includes(count)) return []
    const only = pools.findIndex(({ role }) => role === 'server')
    return [
      {
        at: servers.length === 1 ? `spec.regions[${index}].pools[${only}].count` : `spec.regions[${index}].pools`,
        message: `Unexpected ${count} servers in ${name}, expected 1, 3 or 5: etcd needs an odd number to agree`,
        fix:
          count === 0
            ? 'add a pool with `role: server` and `count: 3`'
            : 'set the count of the pools with `role: server` to 3 in all, and let further nodes be `role: agent`',
      },
    ]
  })
}

function gitIsOutside({ git, domain }: Spec): Draft[] {
  const host = /^(?:[a-z+]+:\/\/)?(?:[^@/]+@)?([^:/]+)/i.exec(git.url)?.[1]?.toLowerCase() ?? ''
  const under = [domain, 'svc', 'svc.cluster.local', 'cluster.local'].find((suffix) => host === suffix || host.endsWith(`.${suffix}`))
  if (under === undefined) return []
  return [
    {
      at: 'spec.git.url',
      message: `Unexpected Git host \`${host}\`, expected one outside the platform: Flux reads it before anything under \`${under}\` exists`,
      fix: 'use a Git server that does not run on this platform; Gitea can mirror it',
    },
  ]
}

function writeRegionsExist({ regions, writeRegion, writeRegions }: Spec): Draft[] {
  const names = regions.map(({ name }) => name)
  const chosen = [
    ...(writeRegion === undefined ? [] : [{ at: 'spec.writeRegion', name: writeRegion }]),
    ...Object.entries(writeRegions).map(([service, name]) => ({ at: `spec.writeRegions.${service}`, name })),
  ]
  return chosen
    .filter(({ name }) => !names.includes(name))
    .map(({ at, name }) => ({ at, message: `Unexpected write region \`${name}\`, expected ${oneOf(names)}`, fix: didYouMean(name, names) }))
}
