import { type Part, type Platform, type Problem, type Source, supply } from '@openova/core'
import { groupName, solverName } from './hetzner-dns.ts'
import type { CertManagerValues } from './values.ts'

interface DnsProvider {
  /** Hosts of its API. */
  api: readonly string[]
  /** What it wants to be shown before it takes the challenge record. */
  credential(domain: string): Record<string, Source>
  /** The `dns01` part of an issuer; `name` is the Secret with the credential. */
  solver(name: string, values: CertManagerValues): Part<'cert-manager.io/v1/ClusterIssuer', 'spec.acme.solvers.0.dns01'>
  /** Values that it cannot do without. */
  wants?(values: CertManagerValues): Record<string, string>
}

export const dnsProviders: Readonly<Record<Platform['dns'], DnsProvider>> = {
  cloudflare: {
    api: ['api.cloudflare.com:443'],
    credential: (domain) => ({ token: supply(`Cloudflare API token with Zone Read and DNS Edit on ${domain}`) }),
    solver: (name) => ({ cloudflare: { apiTokenSecretRef: { name, key: 'token' } } }),
  },
  'hetzner-dns': {
    api: ['api.hetzner.cloud:443'],
    credential: (domain) => ({ token: supply(`Hetzner API token, read and write, of the project that holds the zone ${domain}`) }),
    solver: (name) => ({ webhook: { groupName, solverName, config: { tokenSecretKeyRef: { name, key: 'token' } } } }),
  },
  route53: {
    api: ['route53.amazonaws.com:443'],
    credential: (domain) => ({
      accessKeyId: supply(`Access key id of an AWS user that may change records of ${domain} in Route 53`),
      secretAccessKey: supply('Secret access key of the same AWS user'),
    }),
    solver: (name, { route53: { region } }) => ({
      route53: {
        region,
        accessKeyIDSecretRef: { name, key: 'accessKeyId' },
        secretAccessKeySecretRef: { name, key: 'secretAccessKey' },
      },
    }),
  },
  'cloud-dns': {
    api: ['dns.googleapis.com:443', 'oauth2.googleapis.com:443'],
    credential: (domain) => ({ key: supply(`JSON key of a Google service account with the role DNS Administrator on ${domain}`) }),
    solver: (name, { cloudDns: { project } }) => ({ cloudDNS: { project, serviceAccountSecretRef: { name, key: 'key' } } }),
    wants: ({ cloudDns: { project } }) => ({ 'cloudDns.project': project }),
  },
  'azure-dns': {
    api: ['management.azure.com:443', 'login.microsoftonline.com:443'],
    credential: (domain) => ({
      clientSecret: supply(`Client secret of an Azure service principal with the role DNS Zone Contributor on ${domain}`),
    }),
    solver: (name, { azureDns: { subscription, resourceGroup, tenant, client } }) => ({
      azureDNS: {
        subscriptionID: subscription,
        resourceGroupName: resourceGroup,
        tenantID: tenant,
        clientID: client,
        clientSecretSecretRef: { name, key: 'clientSecret' },
      },
    }),
    wants: ({ azureDns: { subscription, resourceGroup, tenant, client } }) => ({
      'azureDns.subscription': subscription,
      'azureDns.resourceGroup': resourceGroup,
      'azureDns.tenant': tenant,
      'azureDns.client': client,
    }),
  },
}

export function missingDnsValues({ dns }: Platform, values: CertManagerValues): Problem[] {
  return Object.entries(dnsProviders[dns].wants?.(values) ?? {})
    .filter(([, value]) => value === '')
    .map(([at]) => ({
      at,
      message: `Unexpected empty \`${at}\`, expected a value with \`dns: ${dns}\``,
      fix: `set \`${at}\` of cert-manager`,
    }))
}
