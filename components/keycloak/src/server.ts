import { type Endpoint, formatMemory, type Grant, parseMemory, platformCa, type Resource, resource, statefulSet } from '@openova/core'
import type { KeycloakValues } from './values.ts'

interface Surroundings {
  domain: string
  /** Whether the database is written in this region: without that no server starts. */
  here: boolean
  db: Grant<'database'>
  secrets: { admin: string; automation: string }
}

export const serverName = 'keycloak'

/** The pods of the servers, as the operator labels them. */
export const serverEndpoint: Endpoint = {
  selector: { app: 'keycloak', 'app.kubernetes.io/instance': serverName },
  ports: [{ name: 'http', port: 8080 }],
}

/** Plain HTTP behind the Gateway, which ends TLS; between the nodes everything is encrypted anyway. */
export function server(values: KeycloakValues, { domain, here, db, secrets }: Surroundings): Resource {
  const { replicas, cpu, memory, mutualTls } = values
  return resource('k8s.keycloak.org/v2beta1/Keycloak', serverName, {
    workloads: [
      statefulSet(serverName, {
        at: { replicas: 'spec.instances', resources: 'spec.resources' },
        replicas: here ? replicas : 0,
        cpu,
        memory,
        memoryLimit: formatMemory(1.25 * parseMemory(memory)),
        spread: 'preferred',
      }),
    ],
    spec: {
      instances: here ? replicas : 0,
      automountServiceAccountToken: false,
      db: {
        vendor: 'postgres',
        host: db.host,
        port: db.port,
        database: db.database,
        usernameSecret: { name: db.secret, key: 'username' },
        passwordSecret: { name: db.secret, key: 'password' },
        poolInitialSize: 5,
        poolMinSize: 5,
        poolMaxSize: 30,
      },
      // Tokens name the outside address, whichever way they were asked for; pods are told of endpoints at the address that they used.
      hostname: { hostname: `https://auth.${domain}`, strict: true, backchannelDynamic: true },
      http: { httpEnabled: true, tlsSecret: mutualTls.enabled ? mutualTls.certificate : undefined },
      proxy: { headers: 'xforwarded' },
      ingress: { enabled: false },
      networkPolicy: { enabled: false },
      serviceMonitor: { enabled: false },
      bootstrapAdmin: { user: { secret: secrets.admin }, service: { secret: secrets.automation } },
      truststores: mutualTls.enabled ? { anchors: { secret: { name: mutualTls.anchors } } } : undefined,
      additionalOptions: [
        { name: 'metrics-enabled', value: 'true' },
        { name: 'event-metrics-user-enabled', value: 'true' },
        { name: 'http-metrics-histograms-enabled', value: 'true' },
        { name: 'db-url-properties', value: `?sslmode=verify-full&sslrootcert=${platformCa.file}` },
        ...(mutualTls.enabled ? [{ name: 'https-client-auth', value: 'request' }] : []),
      ],
      unsupported: { podTemplate: podTemplate(mutualTls.enabled) },
    },
  })
}

/** What the operator has no field for; it puts its own over it. */
function podTemplate(tls: boolean) {
  return {
    metadata: {
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '9000',
        ...(tls && { 'prometheus.io/scheme': 'https' }),
      },
    },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [platformCa.mount],
        },
      ],
      volumes: [platformCa.volume],
    },
  }
}
