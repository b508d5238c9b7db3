import type { HelmValues, Platform, Source } from './contract.ts'
import { supply } from './nouns.ts'

/** What a component that runs external-dns needs to know of a DNS provider: what to show to it, and how the chart is told. */
interface DnsProvider {
  credential(domain: string): Record<string, Source>
  /** Helm values of the chart external-dns; `secret` is the Secret with the credential. */
  values(secret: string): HelmValues
}

/**
 * Everything that a provider wants to know stands in the credential, the project of a zone too:
 * external-dns and k8gb read it from one place, and a person supplies it once.
 */
export const dnsProviders: Readonly<Record<Platform['dns'], DnsProvider>> = {
  cloudflare: {
    credential: (domain) => ({ token: supply(`Cloudflare API token with Zone Read and DNS Edit on ${domain}`) }),
    values: (secret) => ({ provider: { name: 'cloudflare' }, env: [fromSecret('CF_API_TOKEN', secret, 'token')] }),
  },
  'hetzner-dns': {
    credential: (domain) => ({ token: supply(`Hetzner API token, read and write, of the project that holds the zone ${domain}`) }),
    values: (secret) => ({ provider: { name: 'webhook', webhook: hetznerWebhook(secret) } }),
  },
  route53: {
    credential: (domain) => ({
      accessKeyId: supply(`Access key id of an AWS user that may change records of ${domain} in Route 53`),
      secretAccessKey: supply('Secret access key of the same AWS user'),
    }),
    values: (secret) => ({
      provider: { name: 'aws' },
      env: [
        fromSecret('AWS_ACCESS_KEY_ID', secret, 'accessKeyId'),
        fromSecret('AWS_SECRET_ACCESS_KEY', secret, 'secretAccessKey'),
        // Route 53 has one API for the world; its address is that of this region.
        { name: 'AWS_DEFAULT_REGION', value: 'us-east-1' },
      ],
    }),
  },
  'cloud-dns': {
    credential: (domain) => ({
      key: supply(`JSON key of a Google service account with the role DNS Administrator on ${domain}`),
      project: supply('Google Cloud project that holds the DNS zone'),
    }),
    values: (secret) => ({
      provider: { name: 'google' },
      env: [
        { name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/google/key.json' },
        fromSecret('EXTERNAL_DNS_GOOGLE_PROJECT', secret, 'project'),
      ],
      ...mounted(secret, { key: 'key', folder: '/etc/google', file: 'key.json' }),
    }),
  },
  'azure-dns': {
    credential: (domain) => ({
      config: supply(
        `JSON with tenantId, subscriptionId, resourceGroup, aadClientId and aadClientSecret of an Azure service principal with the role DNS Zone Contributor on ${domain}`,
      ),
    }),
    values: (secret) => ({
      provider: { name: 'azure' },
      ...mounted(secret, { key: 'config', folder: '/etc/kubernetes', file: 'azure.json' }),
    }),
  },
}

/** Where the APIs of all of them answer. */
export const dnsProviderHosts: readonly string[] = [
  'api.cloudflare.com:443',
  'api.hetzner.cloud:443',
  'route53.amazonaws.com:443',
  'dns.googleapis.com:443',
  'oauth2.googleapis.com:443',
  'management.azure.com:443',
  'login.microsoftonline.com:443',
]

const fromSecret = (name: string, secret: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } })

function mounted(secretName: string, { key, folder, file }: { key: string; folder: string; file: string }): HelmValues {
  const name = 'dns-credential'
  return {
    extraVolumes: [{ name, secret: { secretName, items: [{ key, path: file }] } }],
    extraVolumeMounts: [{ name, mountPath: folder, readOnly: true }],
  }
}

/** external-dns has no provider for Hetzner of its own; this is Hetzner's, in the same pod. Its request stands at the main container. */
function hetznerWebhook(secret: string) {
  return {
    image: { repository: 'docker.io/hetzner/external-dns-hetzner-webhook', tag: 'v0.3.4' },
    env: [fromSecret('HETZNER_TOKEN', secret, 'token')],
    resources: { requests: { cpu: '0', memory: '0' }, limits: { memory: '64Mi' } },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  }
}
