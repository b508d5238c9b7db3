import type { Grant } from '@openova/core'

/** How people and programs show who they are: as OpenSearch's own users and, where Keycloak is chosen, by its tokens. */
export function securityConfig(login?: Grant<'client'>) {
  const internal = {
    http_enabled: true,
    transport_enabled: true,
    order: 0,
    http_authenticator: { type: 'basic', challenge: login === undefined },
    authentication_backend: { type: 'internal' },
  }
  const keycloak = login && {
    http_enabled: true,
    transport_enabled: false,
    order: 1,
    http_authenticator: {
      type: 'openid',
      challenge: false,
      config: {
        openid_connect_url: `${login.internal}/.well-known/openid-configuration`,
        subject_key: 'preferred_username',
        roles_key: 'roles',
        required_audience: login.clientId,
      },
    },
    authentication_backend: { type: 'noop' },
  }
  return {
    _meta: { type: 'config', config_version: 2 },
    config: {
      dynamic: {
        kibana: { multitenancy_enabled: false, server_username: 'dashboards', index: '.kibana' },
        http: { anonymous_auth_enabled: false },
        authc: { internal, ...(keycloak && { keycloak }) },
      },
    },
  }
}
