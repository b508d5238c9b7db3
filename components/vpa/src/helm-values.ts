import type { HelmValues } from '@openova/core'
import type { VpaValues } from './values.ts'

export function vpaValues({ replicas, smallest }: VpaValues): HelmValues {
  const podDisruptionBudget = { enabled: replicas > 1 }
  return {
    // Otherwise everything is called `vpa-vertical-pod-autoscaler-...`.
    fullnameOverride: 'vpa',
    podSecurityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
    containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    recommender: {
      podDisruptionBudget,
      extraArgs: [
        // Its own floor, 250 megabytes a pod, is above what most pods of the platform use.
        `--pod-recommendation-min-cpu-millicores=${smallest.cpu}`,
        `--pod-recommendation-min-memory-mb=${smallest.memory}`,
        // Pods that no object names cost no memory.
        '--memory-saver=true',
      ],
    },
    updater: { podDisruptionBudget },
    admissionController: {
      podDisruptionBudget,
      certGen: { enabled: false },
      certManager: {
        enabled: true,
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
        privateKey: { algorithm: 'ECDSA', size: 256 },
      },
      mutatingWebhookConfiguration: {
        // A webhook that is down must not stop anybody from coming up, and the platform's own pods never call it.
        failurePolicy: 'Ignore',
        namespaceSelector: {
          matchExpressions: [
            { key: 'openova.io/tier', operator: 'DoesNotExist' },
            { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'flux-system'] },
          ],
        },
      },
    },
  }
}
