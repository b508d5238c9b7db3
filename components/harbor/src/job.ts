import { curlJob, type Resource } from '@openova/core'

type Call = Parameters<typeof curlJob>[1]

/** Calls Harbor's API as admin. */
export const apiJob = (name: string, { script, env }: Pick<Call, 'script' | 'env'>): Resource =>
  curlJob(name, { script: `${functions}${script}`, env })

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
