import { type Resource, resource } from '@openova/core'

const caSecret = 'internal-ca'

export const caVolume = { name: caSecret, secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }
/** Where `mc` looks for what it trusts. */
export const mcCa = { name: caSecret, mountPath: '/work/mc/certs/CAs', readOnly: true }

/** MinIO's certificate is from the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
export function internalCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['neo4j.neo4j.svc'],
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
