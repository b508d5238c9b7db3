import { defineComponent, deployment, dnsProviderHosts, dnsProviders, release, secret } from '@openova/core'
import { clientNames } from './client-names.ts'
import { values } from './values.ts'

export type { ExternalDnsValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** DNS records of all public hosts, at the chosen DNS provider: the addresses of each region, and the names that clients use. */
export default defineComponent({
  name: 'external-dns',
  tier: 'mandatory',
  category: 'networking',
  namespace: 'external-dns',
  values,

  provides: { 'externaldns.k8s.io': 'install' },
  // It wants to see Gateways and routes when it starts.
  after: { install: ['cilium/install'] },
  network: { egress: dnsProviderHosts, apiServer: true, metrics: [7979] },
  metrics: [
    {
      name: 'Seconds since the last comparison',
      expr: 'time() - max(external_dns_controller_last_sync_timestamp_seconds)',
      unit: 's',
      above: 900,
      for: '5m',
      action: 'Read the log of external-dns: the DNS token has expired, lacks rights on the zone, or the provider refuses more calls.',
    },
    {
      name: 'Failed calls of the provider',
      expr: 'sum(increase(external_dns_registry_errors_total[15m]))',
      unit: 'errors',
      above: 3,
      for: '15m',
      action: 'Read the log of external-dns; it names the record. Records that exist stay as they are.',
    },
    {
      name: 'Failed reads of hosts',
      expr: 'sum(increase(external_dns_source_errors_total[15m]))',
      unit: 'errors',
      above: 3,
      for: '15m',
      action: 'Read the log of external-dns; a source that cannot be read stops all changes, so that nothing is deleted by mistake.',
    },
  ],

  needs: ({ platform }) => ({
    dns: secret('dns', dnsProviders[platform.dns].credential(platform.domain)),
  }),

  releases: ({ values: { policy, interval, memory }, platform: { dns: provider, domain }, region, granted: { dns } }) => [
    release('external-dns', {
      chart: { name: 'external-dns', repository: 'https://kubernetes-sigs.github.io/external-dns/', version: '1.21.1' },
      workloads: [deployment('external-dns', { at: { resources: 'resources' }, replicas: 1, cpu: '20m', memory, memoryLimit: '256Mi' })],
      values: {
        ...dnsProviders[provider].values(dns.secret),
        // Routes of the public Gateway only, Services of type LoadBalancer that ask for a name (mail, TURN), and the names for clients.
        sources: ['gateway-httproute', 'service', 'crd'],
        gatewayNamespace: 'gateway',
        // Whatever k8gb answers is none of ours: neither the hosts of its zone, nor the records by which it delegates that zone to itself.
        labelFilter: '!k8gb.io/dnstype',
        // Texts too: that there is a policy for mail.
        managedRecordTypes: ['A', 'AAAA', 'CNAME', 'TXT'],
        domainFilters: [domain],
        excludeDomains: [`gslb.${domain}`],
        policy,
        interval,
        registry: 'txt',
        txtOwnerId: region.clusterName,
        txtPrefix: `${region.code}-`,
        deploymentAnnotations: { 'secret.reloader.stakater.com/reload': dns.secret },
      },
    }),
  ],
  config: ({ platform, region, peer, claims, has }) =>
    region.ordinal === 1 ? clientNames(claims('host'), { platform, region, balanced: peer !== undefined && has('k8gb') }) : [],
})
