import type { Schema } from '../../../packages/schemas/src/index.ts'
import { boolean, list, map, object, oneOf, text } from '../shapes.ts'
import { kind } from './kind.ts'

/** The Crossplane provider of Hetzner Cloud: its fields are those of the Terraform provider, in camel case. */
export const hetzner = () => [
  kind('hetzner.m.crossplane.io/v1beta1/ClusterProviderConfig', { 'credentials!': credentials() }),
  kind('hetzner.m.crossplane.io/v1beta1/ProviderConfig', { 'credentials!': credentials() }),

  managed('network.hetzner.m.crossplane.io/v1alpha1/Network', {
    ...named,
    ipRange: text,
    deleteProtection: boolean,
    exposeRoutesToVswitch: boolean,
  }),
  managed('network.hetzner.m.crossplane.io/v1alpha1/Subnet', {
    ipRange: text,
    networkZone: text,
    type: text,
    vswitchId: number,
    ...reference('networkId'),
  }),
  managed('network.hetzner.m.crossplane.io/v1alpha1/Route', { destination: text, gateway: text, ...reference('networkId') }),
  managed('network.hetzner.m.crossplane.io/v1alpha1/Firewall', {
    ...named,
    applyTo: list(object({ labelSelector: text, server: number })),
    rule: list(
      object({ description: text, direction: text, protocol: text, port: text, sourceIps: list(text), destinationIps: list(text) }),
    ),
  }),

  managed('server.hetzner.m.crossplane.io/v1alpha1/Server', {
    ...named,
    serverType: text,
    image: text,
    location: text,
    datacenter: text,
    userData: text,
    allowDeprecatedImages: boolean,
    backups: boolean,
    deleteProtection: boolean,
    rebuildProtection: boolean,
    shutdownBeforeDeletion: boolean,
    ignoreRemoteFirewallIds: boolean,
    keepDisk: boolean,
    iso: text,
    rescue: text,
    network: list(object({ ip: text, aliasIps: list(text), ...reference('networkId') })),
    publicNet: list(object({ ipv4: number, ipv4Enabled: boolean, ipv6: number, ipv6Enabled: boolean })),
    ...reference('placementGroupId'),
    ...references('firewallIds', number),
    ...references('sshKeys', text),
  }),
  managed('server.hetzner.m.crossplane.io/v1alpha1/PlacementGroup', { ...named, type: text }),
  managed('server.hetzner.m.crossplane.io/v1alpha1/SSHKey', { ...named, publicKey: text }),
  managed('server.hetzner.m.crossplane.io/v1alpha1/NetworkAttachment', {
    ip: text,
    aliasIps: list(text),
    ...reference('networkId'),
    ...reference('serverId'),
    ...reference('subnetId', text),
  }),
  managed('server.hetzner.m.crossplane.io/v1alpha1/FirewallAttachment', {
    labelSelectors: list(text),
    ...reference('firewallId'),
    ...references('serverIds', number),
  }),
  managed('server.hetzner.m.crossplane.io/v1alpha1/Volume', {
    ...named,
    size: number,
    format: text,
    location: text,
    automount: boolean,
    deleteProtection: boolean,
    ...reference('serverId'),
  }),
  managed('server.hetzner.m.crossplane.io/v1alpha1/VolumeAttachment', {
    automount: boolean,
    ...reference('serverId'),
    ...reference('volumeId'),
  }),

  managed('loadbalancer.hetzner.m.crossplane.io/v1alpha1/LoadBalancer', {
    ...named,
    loadBalancerType: text,
    location: text,
    networkZone: text,
    deleteProtection: boolean,
    algorithm: list(object({ type: text })),
    target: list(object({ type: text, serverId: number, usePrivateIp: boolean })),
  }),
  managed('loadbalancer.hetzner.m.crossplane.io/v1alpha1/LoadBalancerService', loadBalancerService()),
  managed('loadbalancer.hetzner.m.crossplane.io/v1alpha1/LoadBalancerTarget', {
    'type!': text,
    ip: text,
    labelSelector: text,
    usePrivateIp: boolean,
    ...reference('loadBalancerId'),
    ...reference('serverId'),
  }),
  managed('loadbalancer.hetzner.m.crossplane.io/v1alpha1/NetworkAttachment', {
    ip: text,
    enablePublicInterface: boolean,
    ...reference('loadBalancerId'),
    ...reference('networkId'),
    ...reference('subnetId', text),
  }),
]

const number: Schema = { type: 'number' }
const named = { name: text, labels: map(text) }

/** What every managed resource has around the fields of its own. */
function managed(name: string, fields: Readonly<Record<string, Schema>>) {
  const optional = Object.fromEntries(Object.entries(fields).map(([field, schema]) => [field.replace('!', ''), schema]))
  return kind(name, {
    'forProvider!': object(fields),
    initProvider: object(optional),
    managementPolicies: list(oneOf('Observe', 'Create', 'Update', 'Delete', 'LateInitialize', '*')),
    providerConfigRef: object({ 'kind!': text, 'name!': text }),
    writeConnectionSecretToRef: object({ 'name!': text }),
  })
}

/** An id, or the resource whose id it is. */
function reference(id: string, type = number): Record<string, Schema> {
  return { [id]: type, [`${id}Ref`]: resource(), [`${id}Selector`]: selector() }
}

function references(ids: string, type: Schema): Record<string, Schema> {
  return { [ids]: list(type), [`${ids}Refs`]: list(resource()), [`${ids}Selector`]: selector() }
}

const policy = () => object({ resolution: oneOf('Required', 'Optional'), resolve: oneOf('Always', 'IfNotPresent') })

const resource = () => object({ 'name!': text, namespace: text, policy: policy() })

const selector = () => object({ matchControllerRef: boolean, matchLabels: map(text), namespace: text, policy: policy() })

function credentials(): Schema {
  return object({
    'source!': oneOf('None', 'Secret', 'InjectedIdentity', 'Environment', 'Filesystem'),
    secretRef: object({ 'namespace!': text, 'name!': text, 'key!': text }),
    env: object({ 'name!': text }),
    fs: object({ 'path!': text }),
  })
}

function loadBalancerService(): Record<string, Schema> {
  return {
    protocol: text,
    listenPort: number,
    destinationPort: number,
    proxyprotocol: boolean,
    healthCheck: list(
      object({
        protocol: text,
        port: number,
        interval: number,
        timeout: number,
        retries: number,
        http: list(object({ domain: text, path: text, response: text, statusCodes: list(text), tls: boolean })),
      }),
    ),
    http: list(
      object({
        cookieName: text,
        cookieLifetime: number,
        redirectHttp: boolean,
        stickySessions: boolean,
        ...references('certificates', number),
      }),
    ),
    ...reference('loadBalancerId', text),
  }
}
