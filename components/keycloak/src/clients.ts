import { type ClaimOf, hostNames, job, type Resource, resource } from '@openova/core'
import { realmOf } from './realm.ts'
import type { KeycloakValues } from './values.ts'

type Claim = ClaimOf<'client'>
interface Surroundings {
  claims: readonly Claim[]
  domain: string
  /** Codes of the regions: a login may return to either. */
  codes: readonly string[]
  automation: string
}

/**
 * Brings the realm and its clients to what the components ask for, and takes away the clients of those that are gone.
 * It may run again at any time, and does after every change. The operator has no object for clients that is more than an experiment.
 */
export function clientsJob(values: KeycloakValues, { claims, domain, codes, automation }: Surroundings): Resource {
  const confidential = claims.filter(({ ask }) => !ask.public)
  const variable = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: automation, key } } })
  return resource('batch/v1/Job', 'clients', {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job('clients', { replicas: 1, cpu: '100m', memory: '128Mi', memoryLimit: '384Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'clients',
              // Of the servers' version, whose command it is.
              image: 'quay.io/keycloak/keycloak:26.6.4',
              command: ['/bin/bash', '-euo', 'pipefail', '-c', script(values, { claims, domain, codes })],
              env: [
                variable('CLIENT', 'client-id'),
                variable('KC_CLI_CLIENT_SECRET', 'client-secret'),
                { name: 'REALM', value: values.realm },
                { name: 'HOME', value: '/tmp' },
                { name: 'KC_OPTS', value: '-Xmx96m' },
              ],
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [
                { name: 'tmp', mountPath: '/tmp' },
                ...confidential.map(({ credential }) => ({ name: credential, mountPath: `/clients/${credential}`, readOnly: true })),
              ],
            },
          ],
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
            ...confidential.map(({ credential }) => ({
              name: credential,
              secret: { secretName: credential, items: [{ key: 'clientSecret', path: 'clientSecret' }] },
            })),
          ],
        },
      },
    },
  })
}

function script(values: KeycloakValues, { claims, domain, codes }: Omit<Surroundings, 'automation'>): string {
  return [
    functions,
    `kcadm update "realms/$REALM" --file - <<<${quoted(JSON.stringify(realmOf(values)))}\n`,
    ...claims.map((claim) => ensure(claim, { domain, codes })),
    removeOthers(claims.map(({ ask }) => ask.name)),
  ].join('')
}

function ensure({ ask, credential }: Claim, places: Pick<Surroundings, 'domain' | 'codes'>): string {
  const text = JSON.stringify(clientOf(ask, places))
  return [
    `client ${ask.name} ${ask.public ? quoted(text) : withSecret(text, credential)}`,
    ...mappersOf(ask.name).map((mapper) => `mapper ${mapper.name} ${quoted(JSON.stringify(mapper))}`),
    ...(ask.roles ?? []).map((role) => `role ${quoted(role)}`),
    '',
  ].join('\n')
}

/** A secret is letters and digits, so that it can stand in JSON as it is. */
const withSecret = (text: string, credential: string) =>
  `${quoted(`${text.slice(0, -1)},"secret":"`)}"$(</clients/${credential}/clientSecret)"${quoted('"}')}`

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** PKCE is demanded of those who have nothing else to show; others may use it. */
function clientOf(ask: Claim['ask'], { domain, codes }: Pick<Surroundings, 'domain' | 'codes'>) {
  return {
    clientId: ask.name,
    description: managed,
    enabled: true,
    protocol: 'openid-connect',
    publicClient: ask.public === true,
    standardFlowEnabled: ask.returnsTo.length > 0,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: ask.serviceAccount === true,
    // Its own roles are in its tokens all the same.
    fullScopeAllowed: false,
    redirectUris: redirects(ask, { domain, codes }),
    webOrigins: ['+'],
    attributes: { 'post.logout.redirect.uris': '+', ...(ask.public && { 'pkce.code.challenge.method': 'S256' }) },
  }
}

function redirects({ returnsTo }: Claim['ask'], { domain, codes }: Pick<Surroundings, 'domain' | 'codes'>): string[] {
  return returnsTo.flatMap(({ host, paths }) => {
    const names = [`${host}.${domain}`, ...codes.map((code) => hostNames(host, code, domain).regionName)]
    return names.flatMap((name) => paths.map((path) => `https://${name}${path}`))
  })
}

/** The roles of this client in the claim `roles`, and the client itself as audience, which whoever is called with a token checks. */
function mappersOf(clientId: string) {
  const claim = { 'access.token.claim': 'true', 'id.token.claim': 'true' }
  return [
    {
      name: 'roles',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-usermodel-client-role-mapper',
      config: {
        ...claim,
        'userinfo.token.claim': 'true',
        'claim.name': 'roles',
        'jsonType.label': 'String',
        multivalued: 'true',
        'usermodel.clientRoleMapping.clientId': clientId,
      },
    },
    {
      name: 'audience',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-audience-mapper',
      config: { 'access.token.claim': 'true', 'id.token.claim': 'false', 'included.client.audience': clientId },
    },
  ]
}

const managed = 'Managed by OpenOva'

/** Each call logs in by itself, so that nothing is kept and no login runs out. */
const functions = `kcadm() {
  /opt/keycloak/bin/kcadm.sh "$@" --no-config --server http://keycloak-service.keycloak.svc:8080 --realm master --client "$CLIENT"
}
names() { kcadm get "$1" --target-realm "$REALM" --fields "$2" --format csv --noquotes; }
client() {
  id=$(kcadm get clients --target-realm "$REALM" --query "clientId=$1" --fields id --format csv --noquotes)
  if [ -n "$id" ]; then
    kcadm update "clients/$id" --target-realm "$REALM" --file - <<<"$2"
  else
    id=$(kcadm create clients --target-realm "$REALM" --id --file - <<<"$2")
  fi
  echo "client $1"
  mappers=$(names "clients/$id/protocol-mappers/models" name)
  roles=$(names "clients/$id/roles" name)
}
listed() {
  case $'\\n'"$1"$'\\n' in *$'\\n'"$2"$'\\n'*) return 0 ;; *) return 1 ;; esac
}
mapper() { listed "$mappers" "$1" || kcadm create "clients/$id/protocol-mappers/models" --target-realm "$REALM" --file - <<<"$2"; }
role() { listed "$roles" "$1" || kcadm create "clients/$id/roles" --target-realm "$REALM" --set "name=$1"; }
until kcadm get "realms/$REALM" --fields realm >/dev/null; do echo 'waiting for the realm'; sleep 10; done
`

function removeOthers(kept: readonly string[]): string {
  return `kept=$'${kept.join('\\n')}'
names clients id,clientId,description | while IFS=, read -r id name description; do
  if [ "$description" = '${managed}' ] && ! listed "$kept" "$name"; then
    kcadm delete "clients/$id" --target-realm "$REALM" </dev/null
    echo "removed client $name"
  fi
done
`
}
