import { day0, defineComponent, deployment, job, release, resource, secret } from '@openova/core'
import { acmeIssuers } from './acme.ts'
import { dnsProviders, missingDnsValues } from './dns.ts'
import { hetznerDnsSolver } from './hetzner-dns.ts'
import { values } from './values.ts'

export type { CertManagerValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Certificates: an internal CA from the platform's root, and Let's Encrypt by DNS-01 with the chosen DNS provider. */
export default defineComponent({
  name: 'cert-manager',
  tier: 'mandatory',
  category: 'security',
  budget: 'security',
  namespace: 'cert-manager',
  values,

  provides: { 'cert-manager.io': 'setup', 'acme.cert-manager.io': 'setup' },
  network: ({ platform }) => ({
    egress: [
      'acme-v02.api.letsencrypt.org:443',
      'acme-staging-v02.api.letsencrypt.org:443',
      // Where it looks whether the challenge record is seen.
      'cloudflare-dns.com:443',
      'dns.google:443',
      ...dnsProviders[platform.dns].api,
    ],
    apiServer: true,
    webhooks: [10250, ...(platform.dns === 'hetzner-dns' ? [8443] : [])],
    metrics: [9402],
  }),
  metrics: [
    {
      name: 'Certificates not ready',
      expr: 'sum by (namespace, name) (certmanager_certificate_ready_status{condition="False"})',
      unit: 'certificates',
      above: 0,
      for: '15m',
      action: 'Read `kubectl describe certificate` and its Challenge: a DNS token without rights, or a domain that is not in the zone.',
    },
    {
      name: 'Days until a certificate expires',
      expr: 'min by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds - time()) / 86400',
      unit: 'days',
      below: 14,
      for: '1h',
      action: 'Renewal starts 30 days before the end; read the events of the Certificate and the log of cert-manager.',
    },
  ],
  privileges: [
    {
      role: 'cert-manager-controller-certificates',
      reason: 'It writes the Secret of every Certificate, in the namespace of that Certificate.',
    },
    { role: 'cert-manager-cainjector', reason: 'It writes the CA into webhook configurations, API services and CRDs of all components.' },
  ],

  needs: ({ platform }) => ({
    ca: secret(
      'platform-ca',
      { 'tls.crt': day0('Certificate of the platform CA, the same in both regions'), 'tls.key': day0('Its key') },
      { type: 'kubernetes.io/tls' },
    ),
    dns: secret('dns', dnsProviders[platform.dns].credential(platform.domain), { before: 'config' }),
  }),

  check: ({ platform, values }) => missingDnsValues(platform, values),

  releases: ({ values: { replicas } }) => [
    release('cert-manager', {
      chart: { name: 'cert-manager', repository: 'oci://quay.io/jetstack/charts/cert-manager', version: 'v1.21.1' },
      workloads: [
        deployment('cert-manager', {
          at: { replicas: 'replicaCount', resources: 'resources' },
          replicas,
          cpu: '20m',
          memory: '56Mi',
          memoryLimit: '256Mi',
        }),
        deployment('cert-manager-webhook', {
          at: { replicas: 'webhook.replicaCount', resources: 'webhook.resources' },
          replicas,
          cpu: '10m',
          memory: '32Mi',
          memoryLimit: '128Mi',
        }),
        deployment('cert-manager-cainjector', {
          at: { replicas: 'cainjector.replicaCount', resources: 'cainjector.resources' },
          replicas,
          cpu: '10m',
          memory: '64Mi',
          memoryLimit: '256Mi',
        }),
        job('cert-manager-startupapicheck', {
          once: true,
          at: { resources: 'startupapicheck.resources' },
          replicas: 1,
          cpu: '10m',
          memory: '16Mi',
          memoryLimit: '64Mi',
        }),
      ],
      values: {
        crds: { enabled: true, keep: true },
        global: { leaderElection: { namespace: 'cert-manager' } },
        podDisruptionBudget: { enabled: replicas > 1 },
        webhook: { podDisruptionBudget: { enabled: replicas > 1 } },
        // The check that a challenge is visible asks public resolvers over HTTPS: the only port that is open, and past any split horizon.
        dns01RecursiveNameservers: 'https://cloudflare-dns.com/dns-query,https://dns.google/dns-query',
        dns01RecursiveNameserversOnly: true,
      },
    }),
  ],
  setup: ({ granted: { ca } }) => [resource('cert-manager.io/v1/ClusterIssuer', 'internal', { spec: { ca: { secretName: ca.secret } } })],
  config: ({ platform, values, granted: { dns } }) => [
    ...(platform.dns === 'hetzner-dns' ? hetznerDnsSolver(dns.secret) : []),
    ...acmeIssuers(platform, values, dns.secret),
  ],
})
