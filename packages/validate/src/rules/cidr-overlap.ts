import { type Cidr, cidrsOverlap, commonCidr, formatCidr, parseCidr, type PlatformSpec, type RegionSpec } from '@openova/core'
import { defineRule, type Draft, type SpecRule } from '../rule.ts'

export default defineRule<SpecRule>({
  name: 'cidr-overlap',
  severity: 'error',
  description:
    'Node, pod and service ranges of all regions are apart, since the mesh routes between them, and node ranges have room for their nodes.',
  on: 'spec',

  check({ spec: { regions } }) {
    const ranges = rangesOf(regions)
    const unreadable = ranges.flatMap(({ at, text, cidr }): Draft[] => {
      if (cidr) return []
      return [
        {
          at,
          message: `Unexpected range \`${text}\`, expected the address of an IPv4 network and its length, such as \`10.0.1.0/24\``,
          fix: 'write the first address of the range',
        },
      ]
    })
    const readable = ranges.flatMap((range) => (range.cidr ? [{ ...range, cidr: range.cidr }] : []))
    const overlaps = readable.flatMap((range, index) => {
      const other = readable.slice(0, index).find(({ cidr }) => cidrsOverlap(cidr, range.cidr))
      return other ? [overlap(range, `\`${other.text}\` (${other.at})`)] : []
    })
    return [...unreadable, ...overlaps, ...(overlaps.length === 0 ? shared(readable) : []), ...regions.flatMap(room)]
  },

  examples: {
    pass: 'regions: [{ network: { nodes: 10.0.1.0/24, pods: 10.42.0.0/16 } }, { network: { nodes: 10.0.2.0/24, pods: 10.52.0.0/16 } }]',
    fail: 'regions: [{ network: { nodes: 10.0.1.0/24, pods: 10.42.0.0/16 } }, { network: { nodes: 10.0.2.0/24, pods: 10.42.128.0/17 } }]',
  },
})

interface Range {
  at: string
  text: string
  cidr: Cidr
}

const rangesOf = (regions: PlatformSpec['spec']['regions']) =>
  regions.flatMap(({ network }, index) =>
    (['nodes', 'pods', 'services'] as const).map((what) => ({
      at: `spec.regions[${index}].network.${what}`,
      what,
      text: network[what],
      cidr: parseCidr(network[what]),
    })),
  )

const overlap = ({ at, text }: Range, other: string): Draft => ({
  at,
  message: `Unexpected range \`${text}\`, expected one apart from ${other}`,
  fix: 'choose a range that no other node, pod or service range touches',
})

/** Two regions share one private network, which spans both node ranges. */
function shared(ranges: readonly (Range & { what: string })[]): Draft[] {
  const nodes = ranges.filter(({ what }) => what === 'nodes')
  if (nodes.length < 2) return []
  const network = nodes.map(({ cidr }) => cidr).reduce(commonCidr)
  const inside = ranges.filter(({ what, cidr }) => what !== 'nodes' && cidrsOverlap(cidr, network))
  return inside.map((range) => ({
    ...overlap(range, `the network \`${formatCidr(network)}\` that spans the nodes of both regions`),
    fix: 'choose node ranges closer to each other, or another range here',
  }))
}

/** Server n has the address first + 10 + n; the last address is the broadcast's. */
function room({ network, pools }: RegionSpec, index: number): Draft[] {
  const cidr = parseCidr(network.nodes)
  const nodes = pools.reduce((sum, { count }) => sum + count, 0)
  const free = cidr ? cidr.last - cidr.first - 11 : Infinity
  if (nodes <= free) return []
  const needed = 32 - Math.ceil(Math.log2(nodes + 12))
  return [
    {
      at: `spec.regions[${index}].network.nodes`,
      message: `Unexpected range \`${network.nodes}\`, expected room for ${nodes} nodes (the first ten addresses are reserved, ${Math.max(0, free)} are left)`,
      fix: `choose a range of \`/${needed}\` or larger`,
    },
  ]
}
