import { defineRule, type ObjectRule } from '../rule.ts'

interface Outdated {
  apiVersions: readonly string[]
  kinds: readonly string[]
  /** The first release that does not serve it; absent while it is merely deprecated. */
  gone?: string
  /** What to write in its place. */
  use?: string
}

/** Up to Kubernetes 1.36 and Flux 2.9, of which each kind is served in one version only. */
const table: readonly Outdated[] = [
  {
    apiVersions: ['extensions/v1beta1', 'apps/v1beta2'],
    kinds: ['DaemonSet', 'Deployment', 'ReplicaSet'],
    gone: 'Kubernetes 1.16',
    use: 'apps/v1',
  },
  { apiVersions: ['apps/v1beta1'], kinds: ['Deployment', 'StatefulSet'], gone: 'Kubernetes 1.16', use: 'apps/v1' },
  { apiVersions: ['apps/v1beta2'], kinds: ['StatefulSet'], gone: 'Kubernetes 1.16', use: 'apps/v1' },
  { apiVersions: ['extensions/v1beta1'], kinds: ['NetworkPolicy'], gone: 'Kubernetes 1.16', use: 'networking.k8s.io/v1' },
  { apiVersions: ['extensions/v1beta1'], kinds: ['Ingress'], gone: 'Kubernetes 1.22', use: 'networking.k8s.io/v1' },
  { apiVersions: ['networking.k8s.io/v1beta1'], kinds: ['Ingress', 'IngressClass'], gone: 'Kubernetes 1.22', use: 'networking.k8s.io/v1' },
  {
    apiVersions: ['admissionregistration.k8s.io/v1beta1'],
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    gone: 'Kubernetes 1.22',
    use: 'admissionregistration.k8s.io/v1',
  },
  {
    apiVersions: ['apiextensions.k8s.io/v1beta1'],
    kinds: ['CustomResourceDefinition'],
    gone: 'Kubernetes 1.22',
    use: 'apiextensions.k8s.io/v1',
  },
  { apiVersions: ['apiregistration.k8s.io/v1beta1'], kinds: ['APIService'], gone: 'Kubernetes 1.22', use: 'apiregistration.k8s.io/v1' },
  {
    apiVersions: ['certificates.k8s.io/v1beta1'],
    kinds: ['CertificateSigningRequest'],
    gone: 'Kubernetes 1.22',
    use: 'certificates.k8s.io/v1',
  },
  { apiVersions: ['coordination.k8s.io/v1beta1'], kinds: ['Lease'], gone: 'Kubernetes 1.22', use: 'coordination.k8s.io/v1' },
  {
    apiVersions: ['rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io/v1alpha1'],
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    gone: 'Kubernetes 1.22',
    use: 'rbac.authorization.k8s.io/v1',
  },
  { apiVersions: ['scheduling.k8s.io/v1beta1'], kinds: ['PriorityClass'], gone: 'Kubernetes 1.22', use: 'scheduling.k8s.io/v1' },
  {
    apiVersions: ['storage.k8s.io/v1beta1'],
    kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    gone: 'Kubernetes 1.22',
    use: 'storage.k8s.io/v1',
  },
  { apiVersions: ['storage.k8s.io/v1beta1'], kinds: ['CSIStorageCapacity'], gone: 'Kubernetes 1.27', use: 'storage.k8s.io/v1' },
  { apiVersions: ['batch/v1beta1'], kinds: ['CronJob'], gone: 'Kubernetes 1.25', use: 'batch/v1' },
  { apiVersions: ['discovery.k8s.io/v1beta1'], kinds: ['EndpointSlice'], gone: 'Kubernetes 1.25', use: 'discovery.k8s.io/v1' },
  { apiVersions: ['events.k8s.io/v1beta1'], kinds: ['Event'], gone: 'Kubernetes 1.25', use: 'events.k8s.io/v1' },
  { apiVersions: ['autoscaling/v2beta1'], kinds: ['HorizontalPodAutoscaler'], gone: 'Kubernetes 1.25', use: 'autoscaling/v2' },
  { apiVersions: ['autoscaling/v2beta2'], kinds: ['HorizontalPodAutoscaler'], gone: 'Kubernetes 1.26', use: 'autoscaling/v2' },
  { apiVersions: ['policy/v1beta1'], kinds: ['PodDisruptionBudget'], gone: 'Kubernetes 1.25', use: 'policy/v1' },
  { apiVersions: ['policy/v1beta1', 'extensions/v1beta1'], kinds: ['PodSecurityPolicy'], gone: 'Kubernetes 1.25' },
  { apiVersions: ['node.k8s.io/v1beta1'], kinds: ['RuntimeClass'], gone: 'Kubernetes 1.25', use: 'node.k8s.io/v1' },
  flowControl('v1beta1', '1.26'),
  flowControl('v1beta2', '1.29'),
  flowControl('v1beta3', '1.32'),
  {
    apiVersions: ['admissionregistration.k8s.io/v1alpha1', 'admissionregistration.k8s.io/v1beta1'],
    kinds: ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
    gone: 'Kubernetes 1.34',
    use: 'admissionregistration.k8s.io/v1',
  },
  { apiVersions: ['v1'], kinds: ['Endpoints'], use: 'EndpointSlice of discovery.k8s.io/v1' },
  { apiVersions: ['v1'], kinds: ['ComponentStatus'] },
  flux('source', ['v1beta1', 'v1beta2'], ['GitRepository', 'HelmRepository', 'HelmChart', 'OCIRepository', 'Bucket'], 'v1'),
  flux('helm', ['v2beta1', 'v2beta2'], ['HelmRelease'], 'v2'),
  flux('kustomize', ['v1beta1', 'v1beta2'], ['Kustomization'], 'v1'),
  flux('notification', ['v1beta1', 'v1beta2', 'v1beta3'], ['Receiver'], 'v1'),
  // There never was a v1 of these two.
  flux('notification', ['v1beta1', 'v1beta2', 'v1'], ['Alert', 'Provider'], 'v1beta3'),
  flux('image', ['v1beta1', 'v1beta2'], ['ImageRepository', 'ImagePolicy', 'ImageUpdateAutomation'], 'v1'),
]

export default defineRule<ObjectRule>({
  name: 'deprecated-api',
  severity: 'error',
  description: 'Kubernetes 1.36 and Flux 2.9 serve every version that is used, and none of them is about to go.',
  on: 'object',
  kinds: [...new Set(table.flatMap(({ kinds }) => kinds))],

  check({ apiVersion, kind }, { source }) {
    const found = table.find(({ apiVersions, kinds }) => apiVersions.includes(apiVersion) && kinds.includes(kind))
    if (!found) return []
    const { gone, use } = found
    const expected = use === undefined ? 'another way: nothing takes its place' : `\`${use}\``
    return [
      {
        at: 'apiVersion',
        severity: gone === undefined ? 'warning' : 'error',
        message: `Unexpected ${kind} of \`${apiVersion}\`, which is ${gone === undefined ? 'deprecated' : `not served since ${gone}`}, expected ${expected}`,
        fix: use === undefined ? `take it out of ${source}` : `write ${use} in ${source}, and adapt the fields that it renamed`,
      },
    ]
  },

  examples: {
    pass: '{ apiVersion: batch/v1, kind: CronJob }',
    fail: '{ apiVersion: batch/v1beta1, kind: CronJob }',
  },
})

function flowControl(version: string, gone: string): Outdated {
  const group = 'flowcontrol.apiserver.k8s.io'
  return {
    apiVersions: [`${group}/${version}`],
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    gone: `Kubernetes ${gone}`,
    use: `${group}/v1`,
  }
}

function flux(name: string, versions: readonly string[], kinds: readonly string[], use: string): Outdated {
  const group = `${name}.toolkit.fluxcd.io`
  return { apiVersions: versions.map((version) => `${group}/${version}`), kinds, gone: 'Flux 2.9', use: `${group}/${use}` }
}
