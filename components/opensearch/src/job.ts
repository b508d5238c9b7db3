import { job, type Resource, resource } from '@openova/core'
import { adminSecret } from './certificates.ts'

interface Script {
  script: string
  /** Environment variable -> key of a Secret. */
  env: Readonly<Record<string, { secret: string; key: string }>>
}

/** A Job that calls OpenSearch's API; it may run again at any time, and does after every change of its script. */
export function apiJob(name: string, { script, env }: Script): Resource {
  return resource('batch/v1/Job', name, {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job(name, { replicas: 1, cpu: '10m', memory: '32Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
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
              name,
              image: 'docker.io/curlimages/curl:8.16.0',
              command: ['/bin/sh', '-euc', `${functions}${script}`],
              env: Object.entries(env).map(([variable, { secret, key }]) => ({
                name: variable,
                valueFrom: { secretKeyRef: { name: secret, key } },
              })),
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [{ name: 'tls', mountPath: '/tls', readOnly: true }],
            },
          ],
          volumes: [{ name: 'tls', secret: { secretName: adminSecret } }],
        },
      },
    },
  })
}

export const adminEnv = (secret: string) => ({ ADMIN_PASSWORD: { secret, key: 'password' } })

/** A body for the shell; places such as `$PASSWORD` are filled in by it. */
export const body = (content: object): string => `'${JSON.stringify(content).replaceAll(/\$[A-Z_]+/g, (variable) => `'"${variable}"'`)}'`

/**
 * `security METHOD PATH [BODY]` is for users and roles, by certificate; `api METHOD PATH [BODY]` is the user `admin`, as whom policies and monitors run.
 * `find PATH [BODY]` answers even when there is nothing; `policy METHOD PATH BODY` makes one by that method, or replaces the version that there is.
 */
const functions = `url=https://opensearch.opensearch.svc:9200
call() {
  curl --silent --show-error --cacert /tls/ca.crt --header 'Content-Type: application/json' "$@"
  echo
}
security() {
  call --fail-with-body --cert /tls/tls.crt --key /tls/tls.key --request "$1" "$url/_plugins/_security/api/$2" \${3:+--data "$3"}
}
api() { call --fail-with-body --user "admin:$ADMIN_PASSWORD" --request "$1" "$url/$2" \${3:+--data "$3"}; }
find() { call --user "admin:$ADMIN_PASSWORD" "$url/$1" \${2:+--data "$2"}; }
policy() {
  found=$(find "$2")
  number=$(echo "$found" | grep -o '"_seq_no":[0-9]*' | head -n 1 | cut -d : -f 2)
  term=$(echo "$found" | grep -o '"_primary_term":[0-9]*' | head -n 1 | cut -d : -f 2)
  if [ -n "$number" ]; then
    api PUT "$2?if_seq_no=$number&if_primary_term=$term" "$3"
  else
    api "$1" "$2" "$3"
  fi
}
`
