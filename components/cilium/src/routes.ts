import { type ClaimOf, type Facts, hostNames, type Part, type Resource, resource } from '@openova/core'
import { internalGateway, publicGateway } from './gateways.ts'

/**
 * Routes of a host. A public host has up to three: from the internet to the WAF, from the WAF (and from pods) to the app, and one for health:
 * k8gb asks the backend of `<app>-gslb` whether the app lives, so that route has the delegated host only, and the app itself behind it.
 */
export function routesOf(
  { ask, namespace }: ClaimOf<'host'>,
  { platform, region, peer, has }: Pick<Facts, 'platform' | 'region' | 'peer' | 'has'>,
): Resource[] {
  const { name, service, port, audience = 'public', waf } = ask
  const { name: clientName, regionName, gslb } = hostNames(name, region.code, platform.domain)
  const isPublic = audience === 'public'
  const isBalanced = isPublic && peer !== undefined && has('k8gb')
  const hostnames = [regionName, clientName, ...(isBalanced ? [gslb] : [])]
  const app = { name: service, port }
  const route = (routeName: string, hosts: readonly string[], { parents, backend, annotations }: RouteOptions) =>
    resource('gateway.networking.k8s.io/v1/HTTPRoute', routeName, {
      namespace,
      annotations,
      spec: { parentRefs: parents, hostnames: hosts, rules: [{ backendRefs: [backend] }] },
    })
  const backend = has('coraza') && !waf ? firewall : app

  return [
    ...(isPublic ? [route(name, hostnames, { parents: encrypted, backend, annotations: published(regionName) })] : []),
    route(`${name}-internal`, [regionName, clientName], { parents: [internalGateway], backend: app }),
    ...(isBalanced ? [route(`${name}-gslb`, [gslb], { parents: [internalGateway], backend: app })] : []),
  ]
}

type Route = 'gateway.networking.k8s.io/v1/HTTPRoute'
interface RouteOptions {
  parents: Part<Route, 'spec.parentRefs'>
  backend: Part<Route, 'spec.rules.0.backendRefs.0'>
  annotations?: Record<string, string>
}

/** Of the hosts of a route, the region's own has the address of its Gateway; the others lead to it by names that somebody else answers for. */
const published = (host: string): Record<string, string> => ({
  'external-dns.alpha.kubernetes.io/gateway-hostname-source': 'annotation-only',
  'external-dns.alpha.kubernetes.io/hostname': host,
})

/** Plain HTTP is for the redirect alone. */
const encrypted = ['domain', 'region'].map((sectionName) => ({ ...publicGateway, sectionName }))
const firewall = { name: 'coraza-waf', namespace: 'coraza', port: 8080 }
