import { type Resource, resource, toolImages } from '@openova/core'
import { scriptJob } from './job.ts'

/** The Gateways call MinIO over TLS too, and check its certificate; the platform CA must lie in a ConfigMap for that. */
export function backendPolicies(): Resource[] {
  return ['minio', 'minio-console'].map((service) =>
    resource('gateway.networking.k8s.io/v1/BackendTLSPolicy', service, {
      spec: {
        targetRefs: [{ group: '', kind: 'Service', name: service }],
        validation: { hostname: `${service}.minio.svc`, caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'platform-ca' }] },
      },
    }),
  )
}

/** Copies the CA from the Secret that cert-manager fills; nothing else does that, and Cilium reads CAs from ConfigMaps only. */
export function caConfigMap(): Resource[] {
  const name = 'platform-ca'
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('rbac.authorization.k8s.io/v1/Role', name, {
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] },
        { apiGroups: [''], resources: ['configmaps'], resourceNames: [name], verbs: ['patch'] },
      ],
    }),
    resource('rbac.authorization.k8s.io/v1/RoleBinding', name, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'minio' }],
    }),
    scriptJob(name, { image: toolImages.curl, serviceAccountName: name, script: applyCa }),
  ]
}

const applyCa = `account=/var/run/secrets/kubernetes.io/serviceaccount
{
  printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: platform-ca\\ndata:\\n  ca.crt: |\\n'
  sed 's/^/    /' /work/mc/certs/CAs/ca.crt
} >/work/platform-ca.yaml
curl --fail-with-body --silent --show-error --cacert $account/ca.crt \\
  --header "Authorization: Bearer $(cat $account/token)" \\
  --header 'Content-Type: application/apply-patch+yaml' --request PATCH --data-binary @/work/platform-ca.yaml \\
  'https://kubernetes.default.svc/api/v1/namespaces/minio/configmaps/platform-ca?fieldManager=platform-ca&force=true'
`
