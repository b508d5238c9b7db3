import { type Resource, resource } from '@openova/core'

export const caSecret = 'internal-ca'

/** For the CA beside it, by which MinIO, Kafka and ClickHouse are known. */
export function caCertificate(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      commonName: 'flink',
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
