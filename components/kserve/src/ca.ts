import { job, type Resource, resource, toolImages } from '@openova/core'

/** Of the ConfigMap that KServe copies to whoever serves a model, and of all that makes it. */
export const caName = 'platform-ca'

/** Asked for its `ca.crt` alone. */
export function caCertificate(): Resource {
  return resource('cert-manager.io/v1/Certificate', caName, {
    spec: {
      secretName: caName,
      commonName: 'kserve',
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}

/** KServe reads CAs from a ConfigMap only, and nothing else copies one out of the Secret that cert-manager fills. */
export function caConfigMap(): Resource[] {
  return [
    resource('v1/ServiceAccount', caName, { automountServiceAccountToken: false }),
    resource('rbac.authorization.k8s.io/v1/Role', caName, {
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] },
        { apiGroups: [''], resources: ['configmaps'], resourceNames: [caName], verbs: ['patch'] },
      ],
    }),
    resource('rbac.authorization.k8s.io/v1/RoleBinding', caName, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: caName },
      subjects: [{ kind: 'ServiceAccount', name: caName, namespace: 'kserve' }],
    }),
    resource('batch/v1/Job', caName, {
      annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
      workloads: [job(caName, { replicas: 1, cpu: '10m', memory: '32Mi' })],
      spec: {
        backoffLimit: 20,
        template: {
          spec: {
            serviceAccountName: caName,
            automountServiceAccountToken: true,
            restartPolicy: 'OnFailure',
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 100,
              runAsGroup: 101,
              fsGroup: 101,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name: caName,
                image: toolImages.curl,
                command: ['/bin/sh', '-euc', copyCa],
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                volumeMounts: [
                  { name: 'work', mountPath: '/work' },
                  { name: 'ca', mountPath: '/ca', readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: 'work', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
              { name: 'ca', secret: { secretName: caName, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            ],
          },
        },
      },
    }),
  ]
}

const copyCa = `account=/var/run/secrets/kubernetes.io/serviceaccount
{
  printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: ${caName}\\ndata:\\n  cabundle.crt: |\\n'
  sed 's/^/    /' /ca/ca.crt
} >/work/ca.yaml
curl --fail-with-body --silent --show-error --cacert $account/ca.crt \\
  --header "Authorization: Bearer $(cat $account/token)" \\
  --header 'Content-Type: application/apply-patch+yaml' --request PATCH --data-binary @/work/ca.yaml \\
  'https://kubernetes.default.svc/api/v1/namespaces/kserve/configmaps/${caName}?fieldManager=${caName}&force=true'
`
