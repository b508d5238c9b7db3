import { job, type Resource, resource } from '@openova/core'

interface Script {
  script: string
  /** Environment variable -> key of a Secret. */
  env: Readonly<Record<string, { secret: string; key: string }>>
}

/** A Job that calls Harbor's API as admin; it may run again at any time, and does after every change of its script. */
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
              env: Object.entries(env).map(([variable, { secret, key }]) => ({
                name: variable,
                valueFrom: { secretKeyRef: { name: secret, key } },
              })),
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
            },
          ],
        },
      },
    },
  })
}

export const adminEnv = (secret: string) => ({ ADMIN_PASSWORD: { secret, key: 'HARBOR_ADMIN_PASSWORD' } })

/**
 * `api METHOD PATH [BODY]` answers what Harbor answers; `idOf PATH NAME` finds one in a list;
 * `ensure PATH NAME BODY` makes it, or brings it up to date.
 */
const functions = `api() {
  curl --silent --show-error --fail-with-body --user "admin:$ADMIN_PASSWORD" --header 'Content-Type: application/json' \\
    --request "$1" "http://harbor/api/v2.0$2" \${3:+--data "$3"}
}
idOf() { api GET "$1?page_size=100" | sed -n 's/.*"id":\\([0-9]*\\),[^{}]*"name":"'"$2"'".*/\\1/p'; }
ensure() {
  id=$(idOf "$1" "$2")
  if [ -n "$id" ]; then api PUT "$1/$id" "$3"; else api POST "$1" "$3"; fi
}
`
