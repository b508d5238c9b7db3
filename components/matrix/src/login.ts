import type { Grant, HelmValues } from '@openova/core'

/** The name of the provider in the authentication service: a ULID that never changes, since accounts are bound to it. */
const provider = '01K0KEYC0AKR00000000000000'

export const loginCallback = `/upstream/callback/${provider}`
/** Key of the login's Secret. */
export const providerKey = 'mas.yaml'

/** Part of the authentication service's configuration. What stands as `${...}` is filled in when the pod starts. */
export const loginProvider = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string =>
  JSON.stringify({
    upstream_oauth2: {
      providers: [
        {
          id: provider,
          human_name: 'Keycloak',
          issuer: '${LOGIN_ISSUER}',
          // Browsers go by the public name, the service itself by the one inside.
          discovery_mode: 'disabled',
          authorization_endpoint: '${LOGIN_ISSUER}/protocol/openid-connect/auth',
          token_endpoint: '${LOGIN_INTERNAL}/protocol/openid-connect/token',
          jwks_uri: '${LOGIN_INTERNAL}/protocol/openid-connect/certs',
          client_id: clientId,
          client_secret: clientSecret,
          token_endpoint_auth_method: 'client_secret_basic',
          scope: 'openid profile email',
          claims_imports: {
            localpart: { action: 'require' },
            displayname: { action: 'suggest' },
            email: { action: 'suggest', set_email_verification: 'always' },
          },
        },
      ],
    },
  })

export function loginValues(login: Grant<'client'> | undefined): HelmValues {
  if (login === undefined) return {}
  return {
    additional: { login: { configSecret: login.secret, configSecretKey: providerKey } },
    extraEnv: [
      { name: 'LOGIN_ISSUER', value: login.issuer },
      { name: 'LOGIN_INTERNAL', value: login.internal },
    ],
  }
}
