import { type Platform, type Resource, resource } from '@openova/core'
import { dnsProviders } from './dns.ts'
import type { CertManagerValues } from './values.ts'

/** Let's Encrypt, real and staging; one account per region. `secret` holds the DNS provider's credential. */
export function acmeIssuers(platform: Platform, values: CertManagerValues, secret: string): Resource[] {
  return servers.map(({ name, server }) =>
    resource('cert-manager.io/v1/ClusterIssuer', name, {
      spec: {
        acme: {
          server,
          email: values.email || undefined,
          privateKeySecretRef: { name: `${name}-account` },
          solvers: [{ dns01: dnsProviders[platform.dns].solver(secret, values) }],
        },
      },
    }),
  )
}

const servers = [
  { name: 'letsencrypt', server: 'https://acme-v02.api.letsencrypt.org/directory' },
  { name: 'letsencrypt-staging', server: 'https://acme-staging-v02.api.letsencrypt.org/directory' },
]
