import { type Resource, resource } from '@openova/core'
import { inTenants } from './policy.ts'

/** A tenant's namespace is closed but for itself, and for names; the tenant opens it by policies of its own. */
export function tenantNetworks(): Resource {
  return resource('policies.kyverno.io/v1/GeneratingPolicy', 'tenant-networks', {
    spec: {
      ...keptInStep,
      matchConstraints: {
        namespaceSelector: inTenants,
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['namespaces'] }],
      },
      generate: [{ template: { interpolate: 'cel', value: networkPolicy } }],
    },
  })
}

/**
 * Only for tenants' workloads of several pods that have no budget yet: a pod with two of them can never be evicted.
 * The platform's own charts bring theirs.
 */
export function disruptionBudgets(): Resource {
  return resource('policies.kyverno.io/v1/GeneratingPolicy', 'disruption-budgets', {
    spec: {
      ...keptInStep,
      matchConstraints: {
        namespaceSelector: inTenants,
        resourceRules: [
          { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments', 'statefulsets'] },
        ],
      },
      matchConditions: [
        { name: 'several-pods', expression: 'object.spec.?replicas.orValue(1) > 1' },
        { name: 'no-budget-yet', expression: noBudgetYet },
      ],
      generate: [{ template: { interpolate: 'cel', value: budget } }],
    },
  })
}

const keptInStep = { evaluation: { generateExisting: { enabled: true }, synchronize: { enabled: true } } }

const networkPolicy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: (( object.metadata.name ))
  labels:
    app.kubernetes.io/managed-by: kyverno
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: {} }]
  egress:
    - to: [{ podSelector: {} }]
    - to:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }
          podSelector: { matchLabels: { k8s-app: kube-dns } }
      ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
`

/** A budget covers the pods when they have every label that it asks for; its own does not count. */
const noBudgetYet = `resource.List('policy/v1', 'poddisruptionbudgets', object.metadata.namespace).items.all(b,
  b.metadata.?labels[?'app.kubernetes.io/managed-by'].orValue('') == 'kyverno' ||
  !b.spec.?selector.?matchLabels.orValue({}).all(key,
    key in object.spec.template.metadata.?labels.orValue({}) &&
    object.spec.template.metadata.labels[key] == b.spec.selector.matchLabels[key]))`

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: (( object.kind.lowerAscii() + '-' + object.metadata.name ))
  namespace: (( object.metadata.namespace ))
  labels:
    app.kubernetes.io/managed-by: kyverno
spec:
  maxUnavailable: 1
  selector: (( object.spec.selector ))
`
