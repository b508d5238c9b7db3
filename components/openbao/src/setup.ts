import { job, type Resource, resource } from '@openova/core'
import { container, type Container, image, pod } from './pod.ts'
import { setupScript } from './script.ts'

/** One for each role of the Kubernetes login; the setup Job alone may keep the recovery keys. */
export function serviceAccounts(): Resource[] {
  const rules = [
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['openbao-recovery'], verbs: ['get'] },
  ]
  return [
    ...['openbao-setup', 'openbao-snapshot', 'openbao-admin'].map((name) =>
      resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    ),
    resource('rbac.authorization.k8s.io/v1/Role', 'openbao-setup', { rules }),
    resource('rbac.authorization.k8s.io/v1/RoleBinding', 'openbao-setup', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'openbao-setup' },
      subjects: [{ kind: 'ServiceAccount', name: 'openbao-setup', namespace: 'openbao' }],
    }),
  ]
}

/** Initialises OpenBao once, and brings engines, logins, policies and roles up to date after every change. */
export function setupJob(options: Parameters<typeof setupScript>[0]): Resource {
  const setup: Container = {
    ...container('setup', { image, script: setupScript(options) }),
    env: [
      { name: 'BAO_CACERT', value: '/openbao/tls/ca.crt' },
      { name: 'HOME', value: '/work' },
    ],
    volumeMounts: [
      { name: 'work', mountPath: '/work' },
      { name: 'tls', mountPath: '/openbao/tls', readOnly: true },
      // wget of this image trusts what lies here, and the API server alone is called by it.
      { name: 'cluster-ca', mountPath: '/etc/ssl/cert.pem', subPath: 'ca.crt', readOnly: true },
    ],
  }
  return resource('batch/v1/Job', 'openbao-setup', {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job('openbao-setup', { replicas: 1, cpu: '10m', memory: '64Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          ...pod('openbao-setup'),
          containers: [setup],
          volumes: [
            // In memory: the root token and the recovery keys pass through it.
            { name: 'work', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
            { name: 'tls', secret: { secretName: 'openbao-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            { name: 'cluster-ca', configMap: { name: 'kube-root-ca.crt' } },
          ],
        },
      },
    },
  })
}
