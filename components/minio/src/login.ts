import type { Grant, Resource } from '@openova/core'
import { openLocal, rootEnv, scriptJob } from './job.ts'

/** Roles of the login are policies of MinIO: what a person may do follows from the role. */
export const roles = ['consoleAdmin', 'readonly']

/** People log in to the console at Keycloak; the root user stays. The servers start anew where something changed. */
export function loginJob({ clientId, internal, secret }: Grant<'client'>, { root, console }: { root: string; console: string }): Resource {
  const discovery = `${internal}/.well-known/openid-configuration`
  const settings = [
    `client_id=${clientId}`,
    'client_secret="$CLIENT_SECRET"',
    `config_url=${discovery}`,
    'claim_name=roles',
    'scopes=openid,profile,email',
    `redirect_uri=${console}/oauth_callback`,
    'display_name=Keycloak',
  ].join(' ')
  return scriptJob('login', {
    env: { ...rootEnv(root), CLIENT_SECRET: { secret, key: 'clientSecret' } },
    // MinIO reads Keycloak's addresses at once.
    script: `${openLocal}until mc idp openid ls local --json | grep -q '"keycloak"' || mc idp openid add local keycloak ${settings}; do
  echo 'waiting for keycloak'
  sleep 15
done
mc idp openid update local keycloak ${settings}
mc admin service restart local --json >/dev/null
`,
  })
}
