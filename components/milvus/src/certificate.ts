import { type Resource, resource } from '@openova/core'

const caSecret = 'internal-ca'
const folder = '/etc/internal-ca'

/** What Milvus and its operator trust MinIO by. */
export const ca = {
  secret: caSecret,
  file: `${folder}/ca.crt`,
  volume: { name: caSecret, secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  mount: { name: caSecret, mountPath: folder, readOnly: true },
}

/** MinIO's certificate is from the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
export function internalCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['milvus.milvus.svc'],
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
