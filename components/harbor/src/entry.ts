import { type Resource, resource } from '@openova/core'

/** The nodes pull through this port of their own: the Gateway's address does not answer a process of the host. */
export function nodeService(): Resource {
  return resource('v1/Service', 'harbor-nodes', {
    spec: {
      type: 'NodePort',
      selector: { release: 'harbor', app: 'harbor', component: 'nginx' },
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30002, protocol: 'TCP' }],
    },
  })
}

/** Signs the tokens of clients; the platform CA, by which MinIO is trusted, lies beside it. A new key would end all sessions. */
export function tokenCertificate(): Resource {
  return resource('cert-manager.io/v1/Certificate', 'token', {
    spec: {
      secretName: 'token',
      commonName: 'harbor-token',
      usages: ['digital signature'],
      privateKey: { algorithm: 'RSA', size: 2048, rotationPolicy: 'Never' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
