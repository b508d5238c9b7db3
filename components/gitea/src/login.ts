import { type Grant, job, type Resource, resource } from '@openova/core'

const account = 'login'

/**
 * Makes the login at Keycloak known to Gitea, which has no other way for that than its own command, run in its pod.
 * It may run again at any time, and does after every change of its script.
 */
export function loginJob({ clientId, internal, secret }: Grant<'client'>): Resource[] {
  const options = [
    '--name keycloak',
    '--provider openidConnect',
    `--key ${clientId}`,
    '--secret "$CLIENT_SECRET"',
    `--auto-discover-url ${internal}/.well-known/openid-configuration`,
    '--scopes openid --scopes profile --scopes email',
    '--group-claim-name roles --admin-group admin',
  ].join(' ')
  const script = `gitea() { kubectl --namespace gitea exec deployment/gitea --container gitea -- gitea admin auth "$@"; }
id=$(gitea list | awk '$2 == "keycloak" { print $1 }')
if [ -n "$id" ]; then
  gitea update-oauth --id "$id" ${options}
else
  gitea add-oauth ${options}
fi
`
  return [
    resource('v1/ServiceAccount', account, {}),
    resource('rbac.authorization.k8s.io/v1/Role', account, {
      rules: [
        { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['gitea'], verbs: ['get'] },
        { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['list'] },
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
        { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
      ],
    }),
    resource('rbac.authorization.k8s.io/v1/RoleBinding', account, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: account },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'gitea' }],
    }),
    resource('batch/v1/Job', account, {
      annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
      workloads: [job(account, { replicas: 1, cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' })],
      spec: {
        // It waits for Keycloak, whose addresses Gitea reads at once.
        backoffLimit: 100,
        template: {
          spec: {
            serviceAccountName: account,
            restartPolicy: 'OnFailure',
            securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: account,
                image: 'docker.io/alpine/kubectl:1.36.0',
                command: ['/bin/sh', '-euc', script],
                env: [
                  { name: 'HOME', value: '/tmp' },
                  { name: 'CLIENT_SECRET', valueFrom: { secretKeyRef: { name: secret, key: 'clientSecret' } } },
                ],
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              },
            ],
          },
        },
      },
    }),
  ]
}
