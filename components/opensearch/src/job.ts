import { curlJob, type Resource } from '@openova/core'
import { adminSecret } from './certificates.ts'

type Call = Parameters<typeof curlJob>[1]

/** Calls OpenSearch's API. */
export const apiJob = (name: string, { script, env }: Pick<Call, 'script' | 'env'>): Resource =>
  curlJob(name, { script: `${functions}${script}`, env, secrets: { '/tls': adminSecret } })

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
