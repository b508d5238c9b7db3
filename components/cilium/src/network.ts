import { type Chosen, compareText, type ComponentName, type Part, present, type Region, type Resource, resource } from '@openova/core'

/** Namespaces that exist before the platform and are never closed: whoever locks itself out here cannot be repaired by Git. */
export const openNamespaces: readonly string[] = ['kube-system', 'flux-system']

/** Everything in our namespaces is closed but for DNS and the API server; what a component needs is opened in its own folder. */
export function defaultDeny(): Resource {
  return resource('cilium.io/v2/CiliumClusterwideNetworkPolicy', 'default-deny', {
    spec: {
      endpointSelector: {
        matchExpressions: [
          { key: 'k8s:io.cilium.k8s.namespace.labels.openova.io/tier', operator: 'Exists' },
          { key: namespaceLabel, operator: 'NotIn', values: openNamespaces },
        ],
      },
      ingress: [{}],
      egress: [dns, { toEntities: ['kube-apiserver'] }],
    },
  })
}

/** What a component may reach and be reached by: its own namespace, DNS, and what its needs, its hosts and its `network` say. */
export function openings(to: Chosen, { chosen, peer }: { chosen: readonly Chosen[]; peer?: Region }): Resource | undefined {
  if (openNamespaces.includes(to.namespace)) return undefined
  const { network, namespace } = to
  const { outgoing, incoming } = edgesOf(to, chosen)
  const across = peer ? edgesAcross(to, chosen) : { outgoing: [], incoming: [] }
  const inPeer = (one: string) => inCluster(peer!, one)

  return resource('cilium.io/v2/CiliumNetworkPolicy', to.name, {
    namespace,
    spec: {
      endpointSelector: {},
      ingress: present<Ingress>([
        { fromEndpoints: [{}] },
        ...byPorts(incoming).map(({ namespaces, ports }) => ({ fromEndpoints: namespaces.map(inNamespace), toPorts: tcp(ports) })),
        // Envoy's traffic has an identity of its own, and reaches only what a route names.
        to.needs.some(({ kind }) => kind === 'host') && { fromEntities: ['ingress'] },
        network.webhooks && { fromEntities: ['kube-apiserver', 'remote-node', 'host'], toPorts: tcp(network.webhooks) },
        network.nodes && { fromEntities: ['host', 'remote-node'], toPorts: tcp(network.nodes) },
        ...byPorts(across.incoming).map(({ namespaces, ports }) => ({ fromEndpoints: namespaces.map(inPeer), toPorts: tcp(ports) })),
        network.world && {
          fromEntities: ['world', 'remote-node', 'host'],
          toPorts: [{ ports: network.world.map(({ port, protocol }) => ({ port: String(port), protocol })) }],
        },
      ]),
      egress: present<Egress>([
        dns,
        { toEndpoints: [{}] },
        ...byPorts(outgoing).map(({ namespaces, ports }) => ({ toEndpoints: namespaces.map(inNamespace), toPorts: tcp(ports) })),
        network.apiServer && { toEntities: ['kube-apiserver'] },
        to.name === metricsReader && { toEntities: ['host'], toPorts: tcp([kubelet, ...nodePorts(chosen)]) },
        ...byPorts(across.outgoing).map(({ namespaces, ports }) => ({ toEndpoints: namespaces.map(inPeer), toPorts: tcp(ports) })),
        ...internet([...(network.egress ?? []), ...issuersOf(to), ...to.needs.flatMap(({ opens }) => opens.internet ?? [])]),
        issuersOf(to).length > 0 && { toEntities: ['ingress'] },
      ]),
    },
  })
}

type Policy = 'cilium.io/v2/CiliumNetworkPolicy'
type Ingress = Part<Policy, 'spec.ingress.0'>
type Egress = Part<Policy, 'spec.egress.0'>

/** Who logs people in, by the outside name that its tokens say: behind it is our own Gateway. */
const issuersOf = ({ needs }: Chosen): string[] => [
  ...new Set(needs.flatMap((need) => (need.kind === 'client' ? [`${new URL(need.grant.issuer).host}:443`] : []))),
]

/** Reads the metrics of all pods, and on each node those of that node. */
const metricsReader: ComponentName = 'grafana'
const kubelet = 10250

/** Ports in a namespace; `all` stands for every namespace. */
interface Edge {
  namespace: string
  ports: readonly number[]
}

/** What `to` calls, and who calls it. */
function edgesOf(to: Chosen, chosen: readonly Chosen[]): { outgoing: Edge[]; incoming: Edge[] } {
  const others = chosen.filter(({ namespace }) => namespace !== to.namespace)
  const open = openToAll(to)
  return {
    outgoing: others.map((other) => ({ namespace: other.namespace, ports: [...portsAt(other, to), ...openToAll(other)] })),
    incoming: [
      { namespace: 'all', ports: open },
      ...others.map((other) => ({ namespace: other.namespace, ports: portsAt(to, other).filter((port) => !open.includes(port)) })),
    ],
  }
}

/** Ports of `callee` that `caller` reaches, whichever of the two says so. */
function portsAt(callee: Chosen, caller: Chosen): number[] {
  return [
    ...caller.needs.filter(({ owner }) => owner === callee.name).flatMap(({ opens }) => opens.atOwner ?? []),
    ...callee.needs.filter(({ owner }) => owner === caller.name).flatMap(({ opens }) => opens.atConsumer ?? []),
    ...(caller.network.calls ?? []).filter(({ to }) => to === callee.name).flatMap(({ ports }) => ports),
    ...(callee.network.ingress ?? []).filter(({ from }) => from === caller.name).flatMap(({ ports }) => ports),
    ...(caller.name === metricsReader
      ? [...(callee.network.metrics ?? []), ...callee.needs.flatMap(({ opens }) => opens.metrics ?? [])]
      : []),
  ]
}

/** The same between the regions: what `to` calls there, and who calls it from there. The platform is the same in both. */
function edgesAcross(to: Chosen, chosen: readonly Chosen[]): { outgoing: Edge[]; incoming: Edge[] } {
  const own = [...(to.network.peer ?? []), ...to.needs.flatMap(({ opens }) => opens.betweenRegions ?? [])]
  const others = chosen.filter(({ name }) => name !== to.name)
  return {
    outgoing: [
      { namespace: to.namespace, ports: own },
      ...others.map((other) => ({ namespace: other.namespace, ports: portsAcross(other, to) })),
    ],
    incoming: [
      { namespace: to.namespace, ports: own },
      ...others.map((other) => ({ namespace: other.namespace, ports: portsAcross(to, other) })),
    ],
  }
}

/** Ports of `callee` that `caller` reaches from the other region. */
function portsAcross(callee: Chosen, caller: Chosen): number[] {
  return [
    ...caller.needs.filter(({ owner }) => owner === callee.name).flatMap(({ opens }) => opens.atPeer ?? []),
    ...(caller.network.callsPeer ?? []).filter(({ to }) => to === callee.name).flatMap(({ ports }) => ports),
  ]
}

const openToAll = ({ network }: Chosen): number[] =>
  (network.ingress ?? []).filter(({ from }) => from === 'all').flatMap(({ ports }) => ports)

/** Metrics ports of pods in the host network, who have the identity of their node. */
const nodePorts = (chosen: readonly Chosen[]) =>
  chosen.filter(({ namespace }) => namespace === 'kube-system').flatMap(({ network }) => network.metrics ?? [])

/** One rule for all namespaces with the same ports. */
function byPorts(edges: readonly Edge[]): { namespaces: string[]; ports: number[] }[] {
  const portsOf = Map.groupBy(edges, ({ namespace }) => namespace)
  const merged = [...portsOf]
    .map(([namespace, list]) => ({ namespace, ports: sorted(list.flatMap(({ ports }) => ports)) }))
    .filter(({ ports }) => ports.length > 0)
  const groups = Map.groupBy(merged, ({ ports }) => ports.join())
  return [...groups.values()]
    .map((group) => ({ namespaces: group.map(({ namespace }) => namespace).toSorted(compareText), ports: group[0]?.ports ?? [] }))
    .toSorted((a, b) => compareText(a.namespaces.join(), b.namespaces.join()))
}

/** Names on the internet by port; the DNS rule is what teaches Cilium their addresses. */
function internet(hosts: readonly string[]): Egress[] {
  const groups = Map.groupBy(hosts, (host) => Number(host.slice(host.lastIndexOf(':') + 1)))
  return [...groups].map(([port, list]) => ({
    toFQDNs: [...new Set(list)]
      .map((host) => host.slice(0, host.lastIndexOf(':')))
      .toSorted(compareText)
      .map((name) => (name.includes('*') ? { matchPattern: name } : { matchName: name })),
    toPorts: tcp([port]),
  }))
}

const namespaceLabel = 'k8s:io.kubernetes.pod.namespace'
const sorted = (ports: readonly number[]) => [...new Set(ports)].toSorted((a, b) => a - b)
const tcp = (ports: readonly number[]) => [{ ports: sorted(ports).map((port) => ({ port: String(port), protocol: 'TCP' as const })) }]
const inNamespace = (namespace: string): Part<Policy, 'spec.endpointSelector'> =>
  namespace === 'all'
    ? { matchExpressions: [{ key: namespaceLabel, operator: 'Exists' }] }
    : { matchLabels: { [namespaceLabel]: namespace } }
const inCluster = ({ clusterName }: Region, namespace: string) => ({
  matchLabels: { [namespaceLabel]: namespace, 'k8s:io.cilium.k8s.policy.cluster': clusterName },
})

const dns: Egress = {
  toEndpoints: [{ matchLabels: { [namespaceLabel]: 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
}
