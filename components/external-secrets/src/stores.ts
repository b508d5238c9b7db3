import { type Part, type Resource, resource } from '@openova/core'

const secretName = 'openbao-client'
const namespace = 'external-secrets'

/** Proves to the other region's OpenBao who calls; beside it lies the platform CA, by which both OpenBaos are known. */
export function clientCertificate(region: string): Resource {
  return resource('cert-manager.io/v1/Certificate', secretName, {
    spec: {
      secretName,
      commonName: `external-secrets.${region}`,
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}

/** The OpenBao of this region: everything is read from here, and only from here. */
export function localStore(): Resource {
  return store('bao-local', 'openbao', {
    kubernetes: {
      mountPath: 'kubernetes',
      role: 'external-secrets',
      serviceAccountRef: { name: 'external-secrets', namespace },
    },
  })
}

/** The OpenBao of the other region: shared secrets are pushed there, never read. */
export function remoteStore(peer: string): Resource {
  return store('bao-remote', `openbao-${peer}`, {
    cert: {
      path: 'cert',
      clientCert: { name: secretName, namespace, key: 'tls.crt' },
      secretRef: { name: secretName, namespace, key: 'tls.key' },
    },
  })
}

type Auth = Part<'external-secrets.io/v1/ClusterSecretStore', 'spec.provider.vault.auth'>

function store(name: string, service: string, auth: Auth): Resource {
  return resource('external-secrets.io/v1/ClusterSecretStore', name, {
    spec: {
      provider: {
        vault: {
          server: `https://${service}.openbao.svc:8200`,
          path: 'secret',
          version: 'v2',
          caProvider: { type: 'Secret', name: secretName, namespace, key: 'ca.crt' },
          auth,
        },
      },
    },
  })
}
