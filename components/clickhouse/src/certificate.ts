import { type Resource, resource } from '@openova/core'
import { caSecret } from './pod.ts'

/** cert-manager hands the platform CA out with each certificate, and this one serves for nothing else: MinIO and Kafka are known by that CA. */
export function platformCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['clickhouse.clickhouse.svc'],
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
