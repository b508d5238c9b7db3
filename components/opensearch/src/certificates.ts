import { type Platform, type Region, type Resource, resource } from '@openova/core'

export const nodeSecret = 'opensearch-tls'
export const adminSecret = 'opensearch-admin-tls'
export const adminName = 'CN=opensearch-admin'

/** By these names nodes know each other, in both regions. */
export const nodeNames = ({ regions }: Platform): string[] => regions.map((region) => `CN=${commonName(region)}`)

/** Of the nodes, for each other and for clients; its subject says the region, by which the other one lets it in. */
export function nodeCertificate(region: Region, hasPeer: boolean): Resource {
  return certificate('opensearch', nodeSecret, {
    commonName: commonName(region.name),
    dnsNames: [
      'opensearch',
      'opensearch.opensearch.svc',
      'opensearch-headless',
      '*.opensearch-headless',
      ...(hasPeer ? [`opensearch-${region.name}.opensearch.svc`] : []),
      'localhost',
    ],
    usages: ['server auth', 'client auth'],
  })
}

/** Who shows it may do everything with users and roles, whatever these say. */
export function adminCertificate(): Resource {
  return certificate('opensearch-admin', adminSecret, { commonName: 'opensearch-admin', usages: ['client auth'] })
}

/** The CA alone, for pods that have no business with the key beside it. */
export const caVolume = { name: 'ca', secret: { secretName: nodeSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }

const commonName = (region: string) => `opensearch.${region}`

interface Names {
  commonName: string
  dnsNames?: string[]
  usages: ('server auth' | 'client auth')[]
}

/** OpenSearch reads keys in PKCS#8 only. */
function certificate(name: string, secretName: string, names: Names): Resource {
  return resource('cert-manager.io/v1/Certificate', name, {
    spec: {
      secretName,
      ...names,
      privateKey: { algorithm: 'RSA', encoding: 'PKCS8', size: 2048, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
