import type { Schema } from '../../../packages/schemas/src/index.ts'
import { boolean, integer, list, map, object, open, text } from '../shapes.ts'
import { container, kind, podSpec } from './kind.ts'

export const keycloak = () => [
  kind('k8s.keycloak.org/v2beta1/Keycloak', {
    instances: integer,
    image: text,
    startOptimized: boolean,
    automountServiceAccountToken: boolean,
    additionalOptions: list(object({ name: text, value: text, secret: key })),
    env: list(object({ name: text, value: text, secret: key })),
    admin: object({ tlsSecret: text }),
    bootstrapAdmin: object({ user: object({ secret: text }), service: object({ secret: text }) }),
    cache: object({ configMapFile: key }),
    db: object({
      vendor: text,
      url: text,
      host: text,
      port: integer,
      database: text,
      schema: text,
      usernameSecret: key,
      passwordSecret: key,
      poolInitialSize: integer,
      poolMinSize: integer,
      poolMaxSize: integer,
    }),
    features: object({ enabled: list(text), disabled: list(text) }),
    hostname: object({
      hostname: text,
      admin: text,
      adminUrl: text,
      strict: boolean,
      strictBackchannel: boolean,
      backchannelDynamic: boolean,
    }),
    http: object({
      httpEnabled: boolean,
      httpPort: integer,
      httpsPort: integer,
      serviceHttpPort: integer,
      serviceHttpsPort: integer,
      serviceName: text,
      tlsSecret: text,
      annotations: map(text),
      labels: map(text),
    }),
    httpManagement: object({ port: integer }),
    import: object({ scheduling: scheduling() }),
    ingress: object({ enabled: boolean, className: text, tlsSecret: text, annotations: map(text), labels: map(text) }),
    networkPolicy: object({ enabled: boolean, http: list(open), https: list(open), management: list(open) }),
    proxy: object({ headers: text }),
    scheduling: scheduling(),
    serviceMonitor: object({ enabled: boolean, interval: text, scrapeTimeout: text, annotations: map(text), labels: map(text) }),
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    telemetry: object({ endpoint: text, protocol: text, serviceName: text, resourceAttributes: map(text) }),
    tracing: object({
      enabled: boolean,
      endpoint: text,
      protocol: text,
      compression: text,
      samplerType: text,
      samplerRatio: { type: 'number' },
      serviceName: text,
      resourceAttributes: map(text),
    }),
    transaction: object({ xaEnabled: boolean }),
    truststores: map(object({ name: text, secret: source, configMap: source })),
    unsupported: object({ podTemplate: open }),
    update: open,
    ...podSpec('imagePullSecrets'),
    ...container('resources'),
  }),
  kind('k8s.keycloak.org/v2beta1/KeycloakRealmImport', {
    'keycloakCRName!': text,
    // Keycloak's own representation of a realm: some hundreds of fields, which Keycloak checks.
    'realm!': open,
    placeholders: map(object({ secret: key })),
    labels: map(text),
    ...container('resources'),
  }),
]

const key = object({ name: text, key: text, optional: boolean })
const source = object({ 'name!': text, optional: boolean })
const probe = object({ periodSeconds: integer, failureThreshold: integer })

const scheduling = (): Schema => object(podSpec('affinity', 'priorityClassName', 'tolerations', 'topologySpreadConstraints'))
