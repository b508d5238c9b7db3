import { type Part, type Resource, resource } from '@openova/core'

export const serverTls = (cluster: string): string => `${cluster}-tls`
export const streamingTls = (cluster: string): string => `${cluster}-streaming`

interface Certificates {
  cluster: string
  namespace: string
  /** Services by which consumers call it. */
  names: readonly string[]
  /** With two regions: this one, whose Service the other calls. */
  region: string | undefined
}

/** The servers' certificate; where the other region follows, also the one with which the two know each other's servers. */
export function certificates({ cluster, namespace, names, region }: Certificates): Resource[] {
  const services = [
    ...['rw', 'r', 'ro'].map((ending) => `${cluster}-${ending}`),
    ...names,
    ...(region === undefined ? [] : [`${cluster}-${region}`]),
  ]
  const dnsNames = [...new Set(services)].flatMap((service) => [service, `${service}.${namespace}`, `${service}.${namespace}.svc`])
  const server = certificate(serverTls(cluster), { commonName: `${cluster}-rw`, dnsNames, usages: ['server auth'] })
  const streaming = certificate(streamingTls(cluster), { commonName: 'streaming_replica', usages: ['client auth'] })
  return region === undefined ? [server] : [server, streaming]
}

type Spec = Part<'cert-manager.io/v1/Certificate', 'spec'>

function certificate(secretName: string, spec: Pick<Spec, 'commonName' | 'dnsNames' | 'usages'>): Resource {
  return resource('cert-manager.io/v1/Certificate', secretName, {
    spec: {
      ...spec,
      secretName,
      // The operator sees a renewed certificate by this label.
      secretTemplate: { labels: { 'cnpg.io/reload': 'true' } },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
