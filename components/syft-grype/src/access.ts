import { type Resource, resource } from '@openova/core'
import { caSecret, name } from './scan.ts'

/** The scan may list pods, and nothing else. */
export function account(): Resource[] {
  const role = 'syft-grype-sbom-scan'
  return [
    resource('v1/ServiceAccount', name, {}),
    resource('rbac.authorization.k8s.io/v1/ClusterRole', role, { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] }),
    resource('rbac.authorization.k8s.io/v1/ClusterRoleBinding', role, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'syft-grype' }],
    }),
  ]
}

/** MinIO and OpenSearch have certificates of the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
export function internalCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['sbom-scan.syft-grype.svc'],
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
