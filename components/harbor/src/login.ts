import type { Grant, Resource } from '@openova/core'
import { adminEnv, apiJob } from './job.ts'

/** People log in at Keycloak; `admin` and robot accounts stay Harbor's own. */
export function loginJob({ clientId, issuer, secret }: Grant<'client'>, admin: string): Resource {
  const settings = JSON.stringify({
    auth_mode: 'oidc_auth',
    oidc_name: 'Keycloak',
    // Compared with what tokens say, so it must be the outside address.
    oidc_endpoint: issuer,
    oidc_client_id: clientId,
    oidc_client_secret: secretPlace,
    oidc_scope: 'openid,profile,email',
    oidc_user_claim: 'preferred_username',
    oidc_groups_claim: 'roles',
    oidc_admin_group: 'admin',
    oidc_auto_onboard: true,
    oidc_verify_cert: true,
  })
  return apiJob('login', {
    env: { ...adminEnv(admin), CLIENT_SECRET: { secret, key: 'clientSecret' } },
    script: `api PUT /configurations '${settings.replace(secretPlace, `'"$CLIENT_SECRET"'`)}'\n`,
  })
}

const secretPlace = 'CLIENT_SECRET'
