import { daemonSet, day0, defineComponent, deployment, hostNames, release, resource, secret } from '@openova/core'
import { gatewayApiCrds } from './gateway-api.ts'
import { gateways } from './gateways.ts'
import { ciliumValues } from './helm-values.ts'
import { defaultDeny, openings } from './network.ts'
import { routesOf } from './routes.ts'
import { values } from './values.ts'

export type { CiliumValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Pod network, network policy and Gateways on eBPF, in place of kube-proxy; encrypted, and joined with the other region's. */
export default defineComponent({
  name: 'cilium',
  tier: 'mandatory',
  category: 'networking',
  budget: 'core',
  namespace: {
    name: 'kube-system',
    podSecurity: 'privileged',
    reason: 'The agent loads eBPF programs and works in the network of the host.',
  },
  values,

  provides: { 'cilium.io': 'install', 'gateway.networking.k8s.io': 'install' },
  after: { config: ['cert-manager/config'] },
  network: { metrics: [9962, 9963, 9964] },
  metrics: [
    {
      name: 'Failing controllers',
      expr: 'sum by (node) (cilium_controllers_failing)',
      unit: 'controllers',
      above: 0,
      for: '15m',
      action: 'Run `cilium status --verbose` in the agent of that node: it names the controller and its last error.',
    },
    {
      name: 'Fill of the fullest BPF map',
      expr: 'max by (map_name) (cilium_bpf_map_pressure)',
      unit: 'of 1',
      above: 0.9,
      for: '10m',
      action: 'Raise the size of that map (`bpf.*Max`) by helmValues before connections are refused.',
    },
    {
      name: 'Dropped packets',
      expr: 'sum by (reason) (rate(cilium_drop_count_total{reason!="Policy denied"}[5m]))',
      unit: 'packets/s',
      above: 10,
      for: '10m',
      action:
        'Run `hubble observe --verdict DROPPED`: it shows the pods; the reason says whether a map is full, or a node cannot be reached.',
    },
    {
      name: 'Packets denied by policy',
      expr: 'sum(rate(cilium_drop_count_total{reason="Policy denied"}[5m]))',
      unit: 'packets/s',
      for: '10m',
      action: 'Run `hubble observe --verdict DROPPED`: an opening that a component does not declare shows here first.',
    },
    {
      name: 'Peer cluster ready',
      expr: 'min by (target_cluster) (cilium_clustermesh_remote_cluster_readiness_status)',
      unit: 'ready',
      below: 1,
      for: '10m',
      action: 'Run `cilium-dbg troubleshoot clustermesh` in an agent: port 32379 of the peer, or certificates of two different CAs.',
    },
  ],
  privileges: [
    { role: 'cilium', reason: 'The agent reads all pods, Services and policies, and sets the network up on every node.' },
    { role: 'cilium-operator', reason: 'It installs the CRDs, hands out addresses, and makes the Services of Gateways.' },
  ],

  needs: ({ peer }) => ({
    mesh:
      peer &&
      secret('cilium-ca', { 'ca.crt': day0('Certificate of the platform CA, the same in both regions'), 'ca.key': day0('Its key') }),
  }),

  check: ({ platform, values: { loadBalancer } }) => [
    platform.loadBalancer === 'cilium-l2' &&
      loadBalancer.addresses.length === 0 && {
        at: 'loadBalancer.addresses',
        message: 'Unexpected empty list, expected free addresses with `loadBalancer: cilium-l2`',
        fix: "give each region a range of its nodes' segment, such as `192.168.0.240-192.168.0.249`",
      },
  ],

  serves: {
    host: {
      ready: 'install',
      grant: ({ ask }, { platform, region }) => {
        const { name, regionName } = hostNames(ask.name, region.code, platform.domain)
        return { name, url: `https://${name}`, regionName, regionUrl: `https://${regionName}` }
      },
      resources: routesOf,
    },
  },
  attaches: (to, { chosen, peer }) => ({ needs: [openings(to, { chosen, peer })] }),

  crds: gatewayApiCrds,
  releases: ({ values: { operatorReplicas, agentMemory }, platform, region, peer }) => [
    release('cilium', {
      chart: { name: 'cilium', repository: 'https://helm.cilium.io', version: '1.20.0' },
      workloads: [
        daemonSet('cilium', { at: { resources: 'resources' }, cpu: '100m', memory: agentMemory, memoryLimit: '1Gi' }),
        daemonSet('cilium-envoy', { at: { resources: 'envoy.resources' }, cpu: '50m', memory: '52Mi', memoryLimit: '512Mi' }),
        deployment('cilium-operator', { at: 'operator', replicas: operatorReplicas, cpu: '20m', memory: '72Mi', memoryLimit: '256Mi' }),
        deployment('hubble-relay', { at: 'hubble.relay', replicas: 1, cpu: '10m', memory: '40Mi', memoryLimit: '128Mi' }),
        // The request of all three containers (etcd 64, apiserver 48, kvstoremesh 32) stands at the first.
        peer &&
          deployment('clustermesh-apiserver', {
            at: 'clustermesh.apiserver',
            replicas: 1,
            cpu: '50m',
            memory: '144Mi',
            memoryLimit: '512Mi',
          }),
      ],
      values: ciliumValues({ platform, region, peer }),
      // A CNI that is rolled back by surprise takes the cluster with it.
      drift: { mode: 'warn' },
      keep: true,
    }),
  ],
  setup: ({ values: { loadBalancer }, platform }) => [
    defaultDeny(),
    ...(platform.loadBalancer !== 'cilium-l2'
      ? []
      : [
          resource('cilium.io/v2/CiliumLoadBalancerIPPool', 'gateways', { spec: { blocks: loadBalancer.addresses.map(blockOf) } }),
          resource('cilium.io/v2alpha1/CiliumL2AnnouncementPolicy', 'gateways', {
            spec: { loadBalancerIPs: true, interfaces: loadBalancer.interfaces.length > 0 ? loadBalancer.interfaces : undefined },
          }),
        ]),
  ],
  config: ({ values: { certificateIssuer }, platform, region, claims }) =>
    gateways({ platform, region, issuer: certificateIssuer, routesFrom: claims('host').map(({ namespace }) => namespace) }),
})

/** `first-last` or a CIDR. */
function blockOf(range: string): { start: string; stop: string } | { cidr: string } {
  const [start = '', stop] = range.split('-')
  return stop === undefined ? { cidr: range } : { start, stop }
}
