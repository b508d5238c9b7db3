import { type Resource, resource } from '@openova/core'

/** For the Services, for each server as the others call it, and, with two regions, for the name that the other region calls. */
export function serverCertificate(region: string | undefined): Resource {
  return resource('cert-manager.io/v1/Certificate', 'minio-tls', {
    spec: {
      secretName: 'minio-tls',
      commonName: 'minio.minio.svc',
      dnsNames: [
        'minio',
        'minio.minio.svc',
        'minio-console.minio.svc',
        '*.minio-svc.minio.svc',
        ...(region === undefined ? [] : [`minio-${region}.minio.svc`]),
        'localhost',
      ],
      usages: ['server auth', 'client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
