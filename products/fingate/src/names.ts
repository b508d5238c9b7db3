import { hostNames, type Platform, type Region } from '@openova/core'

export const namespace = 'fingate'
export const realm = 'open-banking'

/** Namespace whose Secrets Cilium hands to Envoy. */
export const envoySecrets = 'cilium-secrets'

/** Where third parties are led: by the name of the platform, and by that of the region. */
export function hostsOf(name: 'openbanking-api' | 'openbanking-auth', region: Region, { domain }: Platform) {
  const { name: client, regionName } = hostNames(name, region.code, domain)
  return { client, region: regionName, all: [client, regionName] }
}

/** With addresses of the nodes the public Gateway has 443 there, so that this listener stands beside it. */
export const portOf = ({ loadBalancer }: Platform): number => (loadBalancer === 'k8gb' ? 8443 : 443)

export const urlOf = (host: string, platform: Platform): string =>
  `https://${host}${portOf(platform) === 443 ? '' : `:${portOf(platform)}`}`
