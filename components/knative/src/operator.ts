import { type Resource, resource } from '@openova/core'

/** Apart from Knative Serving: both have ConfigMaps of the same names. */
export const operatorNamespace = 'knative-operator'

/** The namespace, and what its pods may do: call the API server, and be called by it. */
export function operatorObjects(): Resource[] {
  const level = 'baseline'
  return [
    resource('v1/Namespace', operatorNamespace, {
      annotations: {
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        'openova.io/pod-security-reason': "The chart's values have no place for the seccomp profile that `restricted` wants.",
      },
      labels: Object.fromEntries(
        ['enforce', 'audit', 'warn'].flatMap((mode) => [
          [`pod-security.kubernetes.io/${mode}`, level],
          [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
        ]),
      ),
    }),
    resource('cilium.io/v2/CiliumNetworkPolicy', 'knative-operator', {
      namespace: operatorNamespace,
      spec: {
        endpointSelector: {},
        ingress: [
          {
            fromEntities: ['kube-apiserver', 'remote-node', 'host'],
            toPorts: [{ ports: [{ port: '8443', protocol: 'TCP' }] }],
          },
        ],
        egress: [{ toEntities: ['kube-apiserver'] }],
      },
    }),
  ]
}
