import { hetznerLocationName, type Region, type Resource } from '@openova/core'
import { type Composed, fields, from, labelled, named, tell, use } from '../patches.ts'
import { clusterField, selfService } from '../template.ts'

const group = 'loadbalancer.hetzner.m.crossplane.io/v1alpha1'
const itsOwn = { loadBalancerIdSelector: { matchControllerRef: true } }

/** For servers that are no nodes: a Service of type LoadBalancer has its own from the cloud controller manager. */
export function loadBalancer({ clusterName, location }: Region): Resource[] {
  return selfService({
    kind: 'LoadBalancer',
    plural: 'loadbalancers',
    template: 'load-balancer',
    title: 'Load balancer',
    description: 'TCP 80 and 443 for servers of the project that carry a label; a Service of type LoadBalancer needs none of these',
    scope: 'Namespaced',
    fields: {
      cluster: clusterField(clusterName),
      loadBalancerType: { type: 'string', default: 'lb11', description: 'Its size, as the cloud names it.' },
      location: { type: 'string', default: hetznerLocationName(location), description: 'Where it stands.' },
      networkId: { type: 'integer', description: 'Number of the private network in which it reaches the servers.' },
      labelSelector: { type: 'string', description: 'Labels of the servers behind it, such as `pool=web`.' },
      httpPort: {
        type: 'integer',
        minimum: 1,
        maximum: 65535,
        default: 80,
        description: 'Port of the servers that takes what comes to 80.',
      },
      httpsPort: {
        type: 'integer',
        minimum: 1,
        maximum: 65535,
        default: 443,
        description: 'Port of the servers that takes what comes to 443.',
      },
      proxyprotocol: {
        type: 'boolean',
        default: false,
        description: "Whether the servers are told the client's address by the PROXY protocol.",
      },
    },
    status: { ipv4: { type: 'string', description: 'Its public address.' } },
    compositions: [
      {
        name: 'loadbalancers',
        resources: [
          {
            name: 'load-balancer',
            base: { apiVersion: group, kind: 'LoadBalancer', spec: { forProvider: {} } },
            patches: [
              use('kept'),
              named('spec.forProvider.name'),
              labelled,
              ...fields('loadBalancerType', 'location'),
              tell('status.atProvider.ipv4', 'status.ipv4'),
            ],
          },
          {
            name: 'network',
            base: { apiVersion: group, kind: 'NetworkAttachment', spec: { forProvider: { enablePublicInterface: true, ...itsOwn } } },
            patches: [use('kept'), ...fields('networkId')],
          },
          {
            name: 'targets',
            base: {
              apiVersion: group,
              kind: 'LoadBalancerTarget',
              spec: { forProvider: { type: 'label_selector', usePrivateIp: true, ...itsOwn } },
            },
            patches: [use('kept'), ...fields('labelSelector')],
          },
          service('http', 80, 'httpPort'),
          service('https', 443, 'httpsPort'),
        ],
      },
    ],
  })
}

function service(name: string, listenPort: number, field: string): Composed {
  return {
    name,
    base: { apiVersion: group, kind: 'LoadBalancerService', spec: { forProvider: { protocol: 'tcp', listenPort, ...itsOwn } } },
    patches: [use('kept'), from(`spec.${field}`, 'spec.forProvider.destinationPort'), ...fields('proxyprotocol')],
  }
}
