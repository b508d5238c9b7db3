import { hetznerLocationName, type Region, type Resource } from '@openova/core'
import { type Composed, fields, from, labelled, named, tell, use } from '../patches.ts'
import { clusterField, selfService } from '../template.ts'

/** A function without loops: each size is a Composition of its own, chosen by its name. */
const sizes = [1, 2, 3, 5]

/** Further agents for this cluster, each on another host of the cloud. */
export function nodePool({ clusterName, location }: Region): Resource[] {
  return selfService({
    kind: 'NodePool',
    plural: 'nodepools',
    template: 'node-pool',
    title: 'Node pool',
    description: `Servers that join the cluster as agents; \`spec.crossplane.compositionRef.name\` says how many: ${sizes.map(compositionOf).join(', ')}`,
    scope: 'Namespaced',
    fields: {
      cluster: clusterField(clusterName),
      serverType: { type: 'string', description: 'Type of each server, as the cloud names it.' },
      image: { type: 'string', default: 'ubuntu-24.04', description: 'Image or snapshot that they start from.' },
      location: { type: 'string', default: hetznerLocationName(location), description: 'Where they stand.' },
      networkId: { type: 'integer', description: 'Number of the private network of the nodes.' },
      userData: {
        type: 'string',
        description: 'cloud-init of an agent, as the bootstrap renders it. It holds the token by which a node joins: not for Git.',
      },
      sshKeys: { type: 'array', items: { type: 'string' }, default: [], description: 'Names of the SSH keys that may log in.' },
      publicIpv4: { type: 'boolean', default: true, description: 'Whether they have a public address, by which they reach the internet.' },
    },
    status: { placementGroupId: { type: 'string', description: 'Number of the group that keeps them on different hosts.' } },
    compositions: sizes.map((size) => ({
      name: compositionOf(size),
      resources: [placementGroup, ...Array.from({ length: size }, (_, index) => server(index + 1))],
    })),
  })
}

const compositionOf = (size: number) => `nodepools-${size}`

const placementGroup: Composed = {
  name: 'placement-group',
  base: {
    apiVersion: 'server.hetzner.m.crossplane.io/v1alpha1',
    kind: 'PlacementGroup',
    spec: { forProvider: { type: 'spread' } },
  },
  patches: [use('kept'), named('spec.forProvider.name'), labelled, tell('status.atProvider.id', 'status.placementGroupId')],
}

function server(number: number): Composed {
  return {
    name: `server-${number}`,
    base: {
      apiVersion: 'server.hetzner.m.crossplane.io/v1alpha1',
      kind: 'Server',
      spec: {
        forProvider: {
          publicNet: [{ ipv4Enabled: true, ipv6Enabled: true }],
          placementGroupIdSelector: { matchControllerRef: true },
          shutdownBeforeDeletion: true,
        },
      },
    },
    patches: [
      use('kept'),
      named('spec.forProvider.name', `%s-%s-${number}`),
      labelled,
      ...fields('serverType', 'image', 'location', 'userData', 'sshKeys'),
      from('spec.networkId', 'spec.forProvider.network[0].networkId'),
      from('spec.publicIpv4', 'spec.forProvider.publicNet[0].ipv4Enabled'),
      from('metadata.name', 'spec.forProvider.labels.pool'),
    ],
  }
}
