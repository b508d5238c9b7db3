import { job, type Resource, resource } from '@openova/core'

interface Script {
  script: string
  /** Environment variable -> key of a Secret. */
  env: Readonly<Record<string, { secret: string; key: string }>>
}

/** A Job that calls Gitea's API as admin; it may run again at any time, and does after every change of its script. */
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
          securityContext: { runAsNonRoot: true, runAsUser: 100, runAsGroup: 101, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name,
              image: 'docker.io/curlimages/curl:8.16.0',
              command: ['/bin/sh', '-euc', `${functions}${script}`],
              env: secretEnv(env),
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            },
          ],
        },
      },
    },
  })
}

export const secretEnv = (env: Script['env']) =>
  Object.entries(env).map(([name, { secret, key }]) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } }))

export const adminEnv = (secret: string) => ({
  ADMIN_NAME: { secret, key: 'username' },
  ADMIN_PASSWORD: { secret, key: 'password' },
})

/** `api METHOD PATH [BODY]` answers what Gitea answers; `exists PATH` is an error where Gitea says neither yes nor no; `quoted TEXT` is a JSON string. */
const functions = `gitea=http://gitea-http.gitea.svc:3000/api/v1
api() {
  curl --silent --show-error --fail-with-body --user "$ADMIN_NAME:$ADMIN_PASSWORD" --header 'Content-Type: application/json' \\
    --request "$1" "$gitea$2" \${3:+--data "$3"}
  echo
}
exists() {
  case $(curl --silent --user "$ADMIN_NAME:$ADMIN_PASSWORD" --output /dev/null --write-out '%{http_code}' "$gitea$1") in
    200) return 0 ;;
    404) return 1 ;;
    *) echo "no answer about $1"; exit 1 ;;
  esac
}
quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\\\"]/\\\\&/g')"; }
`
