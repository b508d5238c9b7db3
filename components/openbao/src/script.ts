import { policies } from './policies.ts'

interface Setup {
  recovery: { shares: number; threshold: number }
  region: string
  peer: string | undefined
}

/**
 * Every step may be repeated. The first run has the root token, which it keeps beside the recovery keys until all is done;
 * later runs log in as `setup`. The script stands in the Job itself, so that a change of it runs the Job again.
 */
export function setupScript({ recovery, region, peer }: Setup): string {
  return [
    prepare,
    initialise(recovery),
    logIn,
    engines,
    ...Object.entries(policies(region, peer)).map(([name, rules]) => writePolicy(name, rules)),
    role('external-secrets', 'external-secrets', 'external-secrets'),
    ...['snapshot', 'admin'].map((name) => role(name, `openbao-${name}`, 'openbao')),
    ...(peer === undefined ? [] : [trustPeer(peer)]),
    // Last: as long as it is not there, a run that was interrupted begins again with the root token.
    role('setup', 'openbao-setup', 'openbao'),
    revokeRoot,
  ].join('\n')
}

const prepare = `cd /work
account=/var/run/secrets/kubernetes.io/serviceaccount
secrets=https://kubernetes.default.svc/api/v1/namespaces/openbao/secrets
kube() {
  wget -q -O - --header "Authorization: Bearer $(cat $account/token)" --header 'Content-Type: application/json' "$@"
}
`

/** On the first server only: the others join it. The keys are kept before anything else is done. */
const initialise = ({ shares, threshold }: Setup['recovery']) => `export BAO_ADDR=https://openbao-0.openbao-internal:8200
while state=0; bao operator init -status >/dev/null 2>&1 || state=$?; [ "$state" -eq 1 ]; do
  echo 'waiting for openbao-0'; sleep 5
done
if [ "$state" -eq 2 ]; then
  bao operator init -format=json -recovery-shares=${shares} -recovery-threshold=${threshold} >init.json
fi
if [ -s init.json ]; then
  keys=$(base64 <init.json | tr -d '\\n')
  echo '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"openbao-recovery"},"data":{"init.json":"'"$keys"'"}}' >secret.json
  until kube --post-file secret.json "$secrets" >/dev/null || kube "$secrets/openbao-recovery" >/dev/null; do sleep 5; done
fi
until bao status >/dev/null 2>&1; do echo 'waiting for the seal to open'; sleep 5; done
`

const logIn = `root=
BAO_TOKEN=$(bao write -field=token auth/kubernetes/login role=setup jwt="$(cat $account/token)" 2>/dev/null) || {
  root=yes
  BAO_TOKEN=$(kube "$secrets/openbao-recovery" | sed -n 's/.*"init.json": *"\\([^"]*\\)".*/\\1/p' | base64 -d |
    sed -n 's/.*"root_token": *"\\([^"]*\\)".*/\\1/p')
}
export BAO_TOKEN
until [ "$(bao operator raft list-peers -format=json | grep -c '"voter": *true')" -eq 3 ]; do
  echo 'waiting for three voters'; sleep 5
done
`

const engines = `bao secrets list -format=json | grep -q '"secret/"' || bao secrets enable -path=secret -version=2 kv
bao auth list -format=json | grep -q '"kubernetes/"' || bao auth enable kubernetes
bao write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc
`

const writePolicy = (name: string, rules: string) => `bao policy write ${name} - <<'END'
${rules}END
`

const role = (name: string, account: string, namespace: string) => `bao write auth/kubernetes/role/${name} \\
  bound_service_account_names=${account} bound_service_account_namespaces=${namespace} \\
  token_policies=${name} token_ttl=1h
`

/** The other region's External Secrets shows a certificate of the platform CA, by whose name it is known. */
const trustPeer = (peer: string) => `bao auth list -format=json | grep -q '"cert/"' || bao auth enable cert
bao write auth/cert/certs/external-secrets certificate=@/openbao/tls/ca.crt \\
  allowed_common_names=external-secrets.${peer} token_policies=peer token_ttl=1h
`

const revokeRoot = `[ -z "$root" ] || bao token revoke -self
`
