import { job, type Resource, resource } from '@openova/core'
import { serverName } from './server.ts'
import type { KeycloakValues } from './values.ts'

/** Made once: an import never changes a realm that is there. What can change later is brought up to date with the clients. */
export function realmImport(values: KeycloakValues): Resource {
  return resource('k8s.keycloak.org/v2beta1/KeycloakRealmImport', values.realm, {
    workloads: [
      job(values.realm, {
        at: { resources: 'spec.resources' },
        replicas: 1,
        once: true,
        cpu: '100m',
        memory: '768Mi',
        memoryLimit: '1536Mi',
      }),
    ],
    spec: { keycloakCRName: serverName, realm: { ...realmOf(values), attributes: { adminEventsExpiration: String(90 * day) } } },
  })
}

/** People are made, or come from another directory, in the console: nobody registers himself. */
export function realmOf({ realm, passwordPolicy, session }: KeycloakValues) {
  return {
    realm,
    enabled: true,
    sslRequired: 'external',
    registrationAllowed: false,
    resetPasswordAllowed: true,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    passwordPolicy,
    bruteForceProtected: true,
    permanentLockout: false,
    failureFactor: 10,
    accessTokenLifespan: 300,
    ssoSessionIdleTimeout: 60 * session.idleMinutes,
    ssoSessionMaxLifespan: 3600 * session.maxHours,
    eventsEnabled: true,
    eventsExpiration: 30 * day,
    adminEventsEnabled: true,
    adminEventsDetailsEnabled: true,
  }
}

const day = 86_400
