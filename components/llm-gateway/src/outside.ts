import { type Resource, resource, type Source, supply } from '@openova/core'
import { keyNameOf, type OutsideModel, providers } from './models.ts'

/** Keys that a person puts into the secret store, one for each provider or server. */
export function providerKeys(models: readonly OutsideModel[]): Record<string, Source> {
  return Object.fromEntries(
    models
      .filter(({ authenticated }) => authenticated)
      .map((one): [string, Source] => {
        const { owner, host } = providers[one.provider]
        return [keyNameOf(one), supply(`API key of ${owner}${host === undefined ? ` for the model ${one.name}` : ''}`)]
      }),
  )
}

/** Hosts on the internet. */
export function providerHosts(models: readonly OutsideModel[]): string[] {
  const hosts = models.flatMap(({ provider, address }) => {
    const { host } = providers[provider]
    if (host !== undefined) return [host]
    const server = serverAt(address)
    return server && server.namespace === undefined ? [`${server.host}:${server.port}`] : []
  })
  return [...new Set(hosts)]
}

/** The way to model servers in namespaces of this cluster, at whatever port their pods listen. */
export function clusterOpening(models: readonly OutsideModel[]): Resource | undefined {
  const namespaces = models.flatMap(({ provider, address }) => {
    const namespace = providers[provider].host === undefined ? serverAt(address)?.namespace : undefined
    return namespace === undefined ? [] : [namespace]
  })
  if (namespaces.length === 0) return undefined
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'models', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'litellm' } },
      egress: [...new Set(namespaces)].map((namespace) => ({
        toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace } }],
      })),
    },
  })
}

/** `namespace` where it is a Service of this cluster. */
function serverAt(address: string): { host: string; port: string; namespace?: string } | undefined {
  if (address === '') return undefined
  const { hostname, port, protocol } = new URL(address)
  const [, namespace, kind] = hostname.split('.')
  return {
    host: hostname,
    port: port || (protocol === 'https:' ? '443' : '80'),
    ...(kind === 'svc' && namespace !== undefined && { namespace }),
  }
}
