import { job, type Resource, resource, toolImages } from '@openova/core'
import type { LlmGatewayValues } from './values.ts'

interface Key extends Partial<Omit<LlmGatewayValues['keys'][number], 'name'>> {
  /** Under which its use is counted. */
  alias: string
  /** Secret with the key in `apiKey`. */
  secret: string
}

/** Makes LiteLLM know the keys that Git knows, each with its limits, and revokes those of them that Git does not know any more. */
export function keysJob(keys: readonly Key[], { master }: { master: string }): Resource {
  const variables = keys.map(({ secret }, index) => ({ name: `KEY_${index}`, secret, key: 'apiKey' }))
  const script = [
    ...keys.map((key, index) => `key '${prefix}${key.alias}' "$KEY_${index}" '${JSON.stringify(limitsOf(key))}'\n`),
    `revoke '${keys.map(({ alias }) => ` ${prefix}${alias} `).join('')}'\n`,
  ].join('')
  return resource('batch/v1/Job', 'keys', {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job('keys', { replicas: 1, cpu: '10m', memory: '32Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'litellm-keys' } },
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: { runAsNonRoot: true, runAsUser: 100, runAsGroup: 101, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'keys',
              image: toolImages.curl,
              command: ['/bin/sh', '-euc', `${functions}${script}`],
              env: [{ name: 'MASTER_KEY', secret: master, key: 'masterkey' }, ...variables].map(({ name, secret, key }) => ({
                name,
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

/** By it the Job knows which keys are its own; people make others in the web interface. */
const prefix = 'git/'

const limitsOf = ({ models = [], budget = 0, budgetDays = 30, requestsPerMinute = 0, tokensPerMinute = 0 }: Key) => ({
  models,
  max_budget: budget || null,
  budget_duration: budget > 0 ? `${budgetDays}d` : null,
  rpm_limit: requestsPerMinute || null,
  tpm_limit: tokensPerMinute || null,
})

/**
 * `key ALIAS KEY LIMITS` makes a key, or brings it up to date; one of that alias with another value is from before its secret was changed.
 * `revoke ALIASES` deletes the Job's own keys that are not among them. Answers hold keys: they are shown only where they are errors.
 */
const functions = `gateway=http://litellm.llm-gateway.svc:4000
call() { curl --silent --show-error --header "Authorization: Bearer $MASTER_KEY" --header 'Content-Type: application/json' "$@"; }
api() { answer=$(call --fail-with-body --request POST "$gateway$1" --data "$2") || { echo "$1: $answer"; exit 1; }; }
key() {
  body='"key":"'"$2"'","key_alias":"'"$1"'",'\${3#?}
  case $(call --get --data-urlencode "key=$2" --output /dev/null --write-out '%{http_code}' "$gateway/key/info") in
    200) api /key/update "{$body" ;;
    404)
      call --request POST "$gateway/key/delete" --data '{"key_aliases":["'"$1"'"]}' --output /dev/null
      api /key/generate "{$body"
      ;;
    *) echo "no answer about $1"; exit 1 ;;
  esac
  echo "$1"
}
revoke() {
  page=1
  known=''
  while list=$(call --fail "$gateway/key/list?return_full_object=true&size=100&page=$page") && echo "$list" | grep -q '"key_alias"'; do
    known="$known $(echo "$list" | grep -o '"key_alias": *"${prefix}[^"]*"' | cut -d '"' -f 4 || true)"
    page=$((page + 1))
  done
  for alias in $known; do
    case "$1" in
      *" $alias "*) ;;
      *) api /key/delete '{"key_aliases":["'"$alias"'"]}'; echo "$alias revoked" ;;
    esac
  done
}
`
