import { type Grant, job, type Resource, resource } from '@openova/core'
import { adminSecret } from './certificates.ts'
import { serverImage } from './nodes.ts'
import { securityConfig } from './security.ts'

/** Roles of the login, and what they are to OpenSearch. */
export const rolesOfLogin = { admin: 'all_access', reader: 'kibana_user' } as const

/** Tokens of Keycloak are accepted beside OpenSearch's own users. Only this tool changes that in a cluster that exists. */
export function loginJob(login: Grant<'client'>): Resource {
  const file = JSON.stringify(securityConfig(login), undefined, 2)
  const tool = '/usr/share/opensearch/plugins/opensearch-security/tools/securityadmin.sh'
  return resource('batch/v1/Job', 'login', {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job('login', { replicas: 1, cpu: '50m', memory: '128Mi', memoryLimit: '512Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'login',
              image: serverImage,
              command: [
                '/bin/bash',
                '-euc',
                `cat >/tmp/config.yml <<'END'
${file}
END
bash ${tool} -f /tmp/config.yml -t config -icl -h opensearch.opensearch.svc -cacert /tls/ca.crt -cert /tls/tls.crt -key /tls/tls.key
`,
              ],
              env: [{ name: 'OPENSEARCH_JAVA_HOME', value: '/usr/share/opensearch/jdk' }],
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [
                { name: 'tmp', mountPath: '/tmp' },
                { name: 'tls', mountPath: '/tls', readOnly: true },
              ],
            },
          ],
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
            { name: 'tls', secret: { secretName: adminSecret } },
          ],
        },
      },
    },
  })
}
