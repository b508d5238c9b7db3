import { type Resource, resource } from '@openova/core'

/** The bundle that Cilium 1.20 needs in full; it looks for it once, when its operator starts. */
export const gatewayApiVersion = 'v1.6.1'

/** CRDs of the Gateway API from their own repository: nothing of it is copied into ours. */
export function gatewayApiCrds(): Resource[] {
  const name = 'gateway-api'
  const namespace = 'flux-system'
  return [
    resource('source.toolkit.fluxcd.io/v1/GitRepository', name, {
      namespace,
      spec: {
        interval: '24h',
        url: 'https://github.com/kubernetes-sigs/gateway-api',
        ref: { tag: gatewayApiVersion },
        sparseCheckout: ['config/crd/standard'],
      },
    }),
    resource('kustomize.toolkit.fluxcd.io/v1/Kustomization', name, {
      namespace,
      spec: {
        interval: '24h',
        retryInterval: '1m',
        timeout: '5m',
        sourceRef: { kind: 'GitRepository', name },
        path: './config/crd/standard',
        prune: false,
        wait: true,
      },
    }),
  ]
}
