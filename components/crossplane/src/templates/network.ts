import { hetznerLocation, type Region, type Resource } from '@openova/core'
import { fields, from, labelled, named, tell, use } from '../patches.ts'
import { clusterField, selfService } from '../template.ts'

/** A private network of one's own, apart from that of the nodes. */
export function network({ clusterName, location }: Region): Resource[] {
  return selfService({
    kind: 'Network',
    plural: 'networks',
    template: 'network',
    title: 'Network',
    description: 'A private network with one subnet',
    scope: 'Namespaced',
    fields: {
      cluster: clusterField(clusterName),
      ipRange: {
        type: 'string',
        pattern: cidr,
        description: 'Range of the whole network, which the nodes do not use, such as `10.200.0.0/16`.',
      },
      subnet: { type: 'string', pattern: cidr, description: 'Range of the subnet, inside of it.' },
      networkZone: {
        type: 'string',
        default: hetznerLocation(location)?.zone ?? 'eu-central',
        description: 'Zone of the locations that reach it.',
      },
    },
    status: { networkId: { type: 'string', description: 'Its number, by which servers and load balancers join.' } },
    compositions: [
      {
        name: 'networks',
        resources: [
          {
            name: 'network',
            base: { apiVersion: 'network.hetzner.m.crossplane.io/v1alpha1', kind: 'Network', spec: { forProvider: {} } },
            patches: [
              use('kept'),
              named('spec.forProvider.name'),
              labelled,
              ...fields('ipRange'),
              tell('status.atProvider.id', 'status.networkId'),
            ],
          },
          {
            name: 'subnet',
            base: {
              apiVersion: 'network.hetzner.m.crossplane.io/v1alpha1',
              kind: 'Subnet',
              spec: { forProvider: { type: 'cloud', networkIdSelector: { matchControllerRef: true } } },
            },
            patches: [use('kept'), from('spec.subnet', 'spec.forProvider.ipRange'), ...fields('networkZone')],
          },
        ],
      },
    ],
  })
}

const cidr = String.raw`^\d+\.\d+\.\d+\.\d+/\d+$`
