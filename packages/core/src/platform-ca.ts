import type { Resource } from './contract.ts'
import { resource } from './nouns.ts'

const secret = 'platform-ca'
const path = '/platform-ca'

/** For pods that know others by the platform CA: a certificate of their own, whose Secret holds that CA; the pair itself is not used. */
export const platformCa = {
  /** Has the key `ca.crt`. */
  secret,
  /** Where the CA lies in a pod with the volume. */
  file: `${path}/ca.crt`,
  volume: { name: secret, secret: { secretName: secret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  mount: { name: secret, mountPath: path, readOnly: true },
  /** `owner` is a Service of the component. */
  certificate: (owner: string): Resource =>
    resource('cert-manager.io/v1/Certificate', secret, {
      spec: {
        secretName: secret,
        dnsNames: [owner],
        usages: ['client auth'],
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
      },
    }),
} as const
