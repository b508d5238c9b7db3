import { curlJob, type Resource } from '@openova/core'

type Call = Parameters<typeof curlJob>[1]

/** Calls Gitea's API as admin. */
export const apiJob = (name: string, { script, env }: Pick<Call, 'script' | 'env'>): Resource =>
  curlJob(name, { script: `${functions}${script}`, env })

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
