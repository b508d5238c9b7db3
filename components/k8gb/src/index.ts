import { defineComponent, deployment, dnsProviderHosts, release, resource, secret } from '@openova/core'
import { sharedCredential } from './credential.ts'
import { globalHosts } from './gslb.ts'
import { k8gbValues } from './helm-values.ts'
import { values } from './values.ts'

export type { K8GbValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** DNS that answers with the regions in which an app lives: a zone of its own, served by both regions, from the addresses of their nodes. */
export default defineComponent({
  name: 'k8gb',
  tier: 'mandatory',
  category: 'networking',
  namespace: {
    name: 'k8gb',
    podSecurity: 'baseline',
    reason: 'The chart has no setting for the seccomp profile of k8gb, and none for its capabilities.',
  },
  values,

  provides: { 'k8gb.io': 'install' },
  // Its records are objects whose CRD external-dns brings; its DNS server has node addresses only where Cilium gives them.
  after: { install: ['external-dns/install', 'cilium/setup'], config: ['coraza/config'] },
  network: {
    egress: dnsProviderHosts,
    apiServer: true,
    metrics: [8080, 9153, 7979],
    // The port of its pods, behind port 53 of the nodes.
    world: [
      { port: 5353, protocol: 'UDP' },
      { port: 5353, protocol: 'TCP' },
    ],
  },
  metrics: [
    {
      name: 'Hosts that no region answers for',
      expr: 'count(k8gb_gslb_healthy_records{name!="init"} == 0)',
      unit: 'hosts',
      above: 0,
      for: '5m',
      action: 'List them with `kubectl get gslb -A`; `kubectl describe` shows whether the app has no ready pod, or its region no address.',
    },
    {
      name: 'Records of a host',
      expr: 'min by (namespace, name) (k8gb_gslb_healthy_records{name!="init"})',
      unit: 'records',
      for: '5m',
      action: 'Fewer than in the other region means that this one cannot ask it: port 53 of its nodes, UDP and TCP.',
    },
    {
      name: 'Failed reconciliations',
      expr: 'sum by (namespace, name) (increase(k8gb_gslb_errors_total[15m]))',
      unit: 'errors',
      above: 3,
      for: '15m',
      action: 'Read the log of k8gb: a route that is missing, or a host outside the zone that is delegated to it.',
    },
  ],
  privileges: [
    {
      role: 'k8gb',
      reason: 'It writes the DNS records of a Gslb into the namespace of that Gslb, and reads routes and endpoints everywhere.',
    },
  ],

  needs: ({ platform, peer }) => ({
    dns: peer && secret('dns', sharedCredential(platform), { path: 'supplied/external-dns/dns', readOnly: true }),
  }),

  before: () => [
    // It asks resolvers and the DNS server of the other region by address, which no opening by name covers.
    resource('cilium.io/v2/CiliumNetworkPolicy', 'k8gb-resolvers', {
      spec: {
        endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'k8gb' } },
        egress: [
          {
            toEntities: ['world', 'remote-node'],
            toPorts: [{ ports: (['UDP', 'TCP'] as const).map((protocol) => ({ port: '53', protocol })) }],
          },
        ],
      },
    }),
  ],
  releases: ({ values, platform, region, granted: { dns } }) => [
    release('k8gb', {
      chart: { name: 'k8gb', repository: 'https://www.k8gb.io', version: 'v0.20.0' },
      workloads: [
        deployment('k8gb', { at: { resources: 'k8gb.resources' }, replicas: 1, cpu: '50m', memory: '48Mi', memoryLimit: '128Mi' }),
        deployment('k8gb-coredns', {
          at: { replicas: 'coredns.replicaCount', resources: 'coredns.resources' },
          replicas: values.dnsReplicas,
          cpu: '50m',
          memory: '64Mi',
          memoryLimit: '256Mi',
        }),
        dns &&
          deployment('k8gb-extdns', {
            at: { resources: 'extdns.resources' },
            replicas: 1,
            cpu: '10m',
            memory: '48Mi',
            memoryLimit: '128Mi',
          }),
      ],
      values: k8gbValues(values, { platform, region, credential: dns?.secret }),
      // DNSEndpoint is the CRD of external-dns, whoever else carries a copy.
      crds: 'Skip',
      drift: {
        mode: 'enabled',
        ignore: [
          { paths: [''], target: { kind: 'CustomResourceDefinition', name: 'dnsendpoints.externaldns.k8s.io' } },
          { paths: ['/data'], target: { kind: 'ConfigMap', name: 'k8gb-zone-delegation' } },
        ],
      },
    }),
  ],
  config: ({ values, platform, region, peer, writeRegion, claims }) =>
    peer ? globalHosts(claims('host'), { values, platform, region, writeRegion }) : [],
})
