import { database, defineComponent, deployment, generate, host, meshService, platformCa, release, secret, template } from '@openova/core'
import { clientsJob } from './clients.ts'
import { realmImport } from './realm.ts'
import { server, serverEndpoint } from './server.ts'
import { values } from './values.ts'

export type { KeycloakValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Logins for people and services: one realm for the platform, in which every component that asks has a client. */
export default defineComponent({
  name: 'keycloak',
  tier: 'a-la-carte',
  category: 'identity',
  namespace: 'keycloak',
  values,

  provides: { 'k8s.keycloak.org': 'install' },
  network: { apiServer: true, metrics: [9000] },
  metrics: [
    {
      name: 'Failed logins',
      expr: 'sum(rate(keycloak_user_events_total{event="login",error!=""}[5m]))',
      unit: 'logins/s',
      above: 1,
      for: '10m',
      action:
        'The label `error` says why: wrong passwords are somebody guessing, an unknown client or redirect is a component set up wrongly.',
    },
    {
      name: 'Slow requests',
      expr: 'histogram_quantile(0.95, sum by (le) (rate(http_server_requests_seconds_bucket{namespace="keycloak"}[5m])))',
      unit: 's',
      above: 1,
      for: '5m',
      action: 'Hashing of passwords takes CPU: raise `replicas` or `cpu`; else look at the database.',
    },
    {
      name: 'Free connections to the database',
      expr: 'min(agroal_available_count{namespace="keycloak"})',
      unit: 'connections',
      below: 1,
      for: '5m',
      action: 'Look at the Cluster in namespace keycloak: it answers slowly, or not at all.',
    },
  ],

  needs: {
    web: host({ name: 'auth', service: 'keycloak-service', port: 8080 }),
    db: database({ name: 'keycloak', scope: 'replicated' }),
    // For people when all else fails; it exists from the first start on, and its password there is that of the first start.
    admin: secret('admin', { username: template('admin'), password: generate(32) }, { scope: 'shared' }),
    automation: secret('automation', { 'client-id': template('automation'), 'client-secret': generate(40) }, { scope: 'shared' }),
  },

  serves: {
    client: {
      opens: { atOwner: [8080], atPeer: [8080] },
      grant: ({ ask }, { values: { realm }, platform, peer }) => ({
        clientId: ask.name,
        realm,
        issuer: `https://auth.${platform.domain}/realms/${realm}`,
        internal: `http://${peer ? writeService : 'keycloak-service'}.keycloak.svc:8080/realms/${realm}`,
      }),
      credential: ({ ask }) => ({ clientId: { value: ask.name }, clientSecret: { generate: 40 } }),
      credentialScope: (_, { peer }) => (peer ? 'shared' : 'region'),
      keepsCredential: 'config',
    },
  },

  before: () => [platformCa.certificate('keycloak-service.keycloak.svc')],
  releases: () => [
    release('keycloak', {
      chart: { name: 'keycloak-operator', repository: 'https://charts.adfinis.com', version: '1.12.1' },
      workloads: [
        deployment('keycloak-operator', {
          at: { replicas: 'operator.replicaCount', resources: 'operator.resources' },
          replicas: 1,
          cpu: '150m',
          memory: '450Mi',
          memoryLimit: '640Mi',
        }),
      ],
      values: {
        // Its Deployment is then `keycloak-operator`.
        fullnameOverride: 'keycloak',
        operator: {
          podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      },
    }),
  ],
  setup: ({ values, platform, region, peer, writeRegion, granted: { db, admin, automation }, claims }) => {
    const here = writeRegion('keycloak') === region.name
    return [
      server(values, { domain: platform.domain, here, db, secrets: { admin: admin.secret, automation: automation.secret } }),
      // One address in both regions for what pods ask of the realm, where there is one who asks.
      peer && claims('client').length > 0 && meshService(writeService, serverEndpoint, here),
    ]
  },
  config: ({ values, platform, region, peer, writeRegion, granted: { automation }, claims }) =>
    writeRegion('keycloak') === region.name
      ? [
          realmImport(values),
          clientsJob(values, {
            claims: claims('client'),
            domain: platform.domain,
            codes: [region, ...(peer ? [peer] : [])].toSorted((a, b) => a.ordinal - b.ordinal).map(({ code }) => code),
            automation: automation.secret,
          }),
        ]
      : [],
})

/** `keycloak-write` is the database. */
const writeService = 'auth-write'
