import { job, type Platform, type Resource, resource } from '@openova/core'
import { realm, urlOf } from './names.ts'

interface Options {
  platform: Platform
  /** Secret in Keycloak's namespace with the credential of the client that registers third parties. */
  manager: string
}

/**
 * A realm apart from that of the platform: third parties, and the customers who give them consent.
 * An import never changes a realm that is there. Third parties are registered by tpp-management.
 */
export function realmImport({ platform, manager }: Options): Resource {
  return resource('k8s.keycloak.org/v2beta1/KeycloakRealmImport', realm, {
    namespace: 'keycloak',
    workloads: [
      job(realm, { at: { resources: 'spec.resources' }, replicas: 1, once: true, cpu: '100m', memory: '768Mi', memoryLimit: '1536Mi' }),
    ],
    spec: {
      keycloakCRName: 'keycloak',
      placeholders: { MANAGER_SECRET: { secret: { name: manager, key: 'clientSecret' } } },
      realm: {
        realm,
        enabled: true,
        sslRequired: 'all',
        registrationAllowed: false,
        bruteForceProtected: true,
        accessTokenLifespan: 300,
        defaultSignatureAlgorithm: 'PS256',
        eventsEnabled: true,
        adminEventsEnabled: true,
        adminEventsDetailsEnabled: true,
        attributes: {
          // Its tokens name the host on which clients show certificates.
          frontendUrl: urlOf(`openbanking-auth.${platform.domain}`, platform),
          'acr.loa.map': '{"urn:openbanking:psd2:ca":"1","urn:openbanking:psd2:sca":"2"}',
        },
        // With scopes of its own a realm gets none of those that Keycloak brings: `basic` is where a token says whose it is.
        clientScopes: [
          builtIn('basic', [mapper('sub', 'oidc-sub-mapper')]),
          builtIn('acr', [mapper('acr', 'oidc-acr-mapper')]),
          scope('openid', 'Who the customer is'),
          scope('accounts', 'Read accounts, balances and transactions'),
          scope('payments', 'Start payments'),
        ],
        defaultDefaultClientScopes: ['basic', 'acr'],
        defaultOptionalClientScopes: ['openid', 'accounts', 'payments'],
        clientPolicies: { policies: [use, registration] },
        clients: [registrar],
        users: [
          {
            username: 'service-account-tpp-management',
            enabled: true,
            serviceAccountClientId: 'tpp-management',
            clientRoles: { 'realm-management': ['manage-clients', 'view-clients'] },
          },
        ],
      },
    },
  })
}

const scope = (name: string, description: string) => ({
  name,
  description,
  protocol: 'openid-connect',
  attributes: { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'true', 'consent.screen.text': description },
})

const builtIn = (name: string, protocolMappers: readonly ReturnType<typeof mapper>[]) => ({
  name,
  protocol: 'openid-connect',
  attributes: { 'include.in.token.scope': 'false', 'display.on.consent.screen': 'false' },
  protocolMappers,
})

const mapper = (name: string, protocolMapper: string) => ({
  name,
  protocol: 'openid-connect',
  protocolMapper,
  config: { 'access.token.claim': 'true', 'id.token.claim': 'true', 'introspection.token.claim': 'true' },
})

/** The profile is built in: private_key_jwt or mTLS, tokens that are bound to the certificate, signed request objects. */
const profiles = ['fapi-1-advanced']

/** Whoever asks for one of the scopes is held to it. */
const use = {
  name: 'use',
  description: 'Access to accounts and payments is held to FAPI',
  enabled: true,
  conditions: [{ condition: 'client-scopes', configuration: { type: 'Any', scopes: ['accounts', 'payments'] } }],
  profiles,
}

/** Whom tpp-management registers is set up for it. */
const registration = {
  name: 'registration',
  description: 'Third parties are registered as FAPI wants them',
  enabled: true,
  conditions: [{ condition: 'client-updater-source-roles', configuration: { roles: ['realm-management.manage-clients'] } }],
  profiles,
}

/** A service of the bank, inside the cluster; it has neither scope, so that the policies leave it alone. */
const registrar = {
  clientId: 'tpp-management',
  enabled: true,
  protocol: 'openid-connect',
  publicClient: false,
  secret: '${MANAGER_SECRET}',
  standardFlowEnabled: false,
  directAccessGrantsEnabled: false,
  serviceAccountsEnabled: true,
  optionalClientScopes: [],
}
