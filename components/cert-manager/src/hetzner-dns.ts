import { deployment, type Resource, resource } from '@openova/core'

/** How an issuer names this solver. */
export const groupName = 'acme.hetzner.com'
export const solverName = 'hetzner'

const name = 'hetzner-dns'
const namespace = 'cert-manager'
const labels = { 'app.kubernetes.io/name': name }
const port = 8443

/**
 * cert-manager has no solver for Hetzner DNS of its own; this is Hetzner's webhook.
 * Own objects instead of its chart: the chart reads every Secret of the cluster, and its certificates need cert-manager's CRDs in the very release that brings them.
 */
export function hetznerDnsSolver(secret: string): Resource[] {
  return [
    resource('v1/ServiceAccount', name, {}),
    ...grants(secret),
    resource('cert-manager.io/v1/Certificate', name, {
      spec: {
        secretName: name,
        dnsNames: [`${name}.${namespace}.svc`],
        issuerRef: { kind: 'ClusterIssuer', name: 'internal' },
      },
    }),
    resource('apps/v1/Deployment', name, {
      workloads: [deployment(name, { replicas: 1, cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' })],
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'webhook',
                image: 'docker.io/hetzner/cert-manager-webhook-hetzner:v0.9.0',
                args: ['--tls-cert-file=/tls/tls.crt', '--tls-private-key-file=/tls/tls.key', `--secure-port=${port}`],
                env: [{ name: 'GROUP_NAME', value: groupName }],
                ports: [{ name: 'https', containerPort: port }],
                readinessProbe: { httpGet: { scheme: 'HTTPS', path: '/healthz', port: 'https' } },
                livenessProbe: { httpGet: { scheme: 'HTTPS', path: '/healthz', port: 'https' } },
                volumeMounts: [{ name: 'certificate', mountPath: '/tls', readOnly: true }],
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              },
            ],
            volumes: [{ name: 'certificate', secret: { secretName: name } }],
          },
        },
      },
    }),
    resource('v1/Service', name, {
      spec: { selector: labels, ports: [{ name: 'https', port: 443, targetPort: 'https' }] },
    }),
    resource('apiregistration.k8s.io/v1/APIService', `v1alpha1.${groupName}`, {
      annotations: { 'cert-manager.io/inject-ca-from': `${namespace}/${name}` },
      spec: {
        group: groupName,
        version: 'v1alpha1',
        groupPriorityMinimum: 1000,
        versionPriority: 15,
        service: { name, namespace },
      },
    }),
  ]
}

/** The webhook may read its one token and check who calls it; cert-manager may call it. */
function grants(secret: string): Resource[] {
  const webhook = [{ kind: 'ServiceAccount', name, namespace }]
  const role = (kind: string, of: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name: of })
  return [
    resource('rbac.authorization.k8s.io/v1/Role', name, {
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [secret], verbs: ['get'] }],
    }),
    resource('rbac.authorization.k8s.io/v1/RoleBinding', name, { roleRef: role('Role', name), subjects: webhook }),
    resource('rbac.authorization.k8s.io/v1/RoleBinding', `${name}-authentication`, {
      namespace: 'kube-system',
      roleRef: role('Role', 'extension-apiserver-authentication-reader'),
      subjects: webhook,
    }),
    resource('rbac.authorization.k8s.io/v1/ClusterRoleBinding', `${name}-delegator`, {
      roleRef: role('ClusterRole', 'system:auth-delegator'),
      subjects: webhook,
    }),
    resource('rbac.authorization.k8s.io/v1/ClusterRole', `${name}-challenges`, {
      rules: [{ apiGroups: [groupName], resources: [solverName], verbs: ['create'] }],
    }),
    resource('rbac.authorization.k8s.io/v1/ClusterRoleBinding', `${name}-challenges`, {
      roleRef: role('ClusterRole', `${name}-challenges`),
      subjects: [{ kind: 'ServiceAccount', name: 'cert-manager', namespace }],
    }),
  ]
}
