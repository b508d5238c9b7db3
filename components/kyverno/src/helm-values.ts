import type { HelmValues } from '@openova/core'
import type { KyvernoValues } from './values.ts'

/** Namespaces that must come up, and be repaired, whatever happens to Kyverno: its webhooks are never called for them. */
const neverAsked = ['kube-system', 'flux-system', 'kyverno', 'cert-manager', 'external-secrets', 'openbao']

export function kyvernoValues({ replicas, backgroundScan }: KyvernoValues): HelmValues {
  return {
    config: {
      webhooks: {
        namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: neverAsked }] },
      },
    },
    features: {
      // The reports are what the SIEM reads.
      policyReports: { enabled: true },
      admissionReports: { enabled: true },
      backgroundScan: { enabled: true, backgroundScanInterval: backgroundScan },
      // An exception is made by who may write to this namespace, never by a tenant.
      policyExceptions: { enabled: true, namespace: 'kyverno' },
    },
    admissionController: { podDisruptionBudget: { enabled: replicas > 1 } },
    backgroundController: {
      rbac: {
        clusterRole: {
          extraResources: [
            {
              apiGroups: ['policy'],
              resources: ['poddisruptionbudgets'],
              verbs: ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete'],
            },
          ],
        },
      },
    },
    // The chart leaves it at `latest`.
    webhooksCleanup: { image: { tag: 'v1.19.0' } },
  }
}
