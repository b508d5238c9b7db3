import { type Grant, type HelmValues, platformCa } from '@openova/core'
import type { TemporalValues } from './values.ts'
import { parts } from './workloads.ts'

interface Granted {
  /** Whether its databases are written in this region. */
  here: boolean
  web: Grant<'host'>
  callback: string
  login?: Grant<'client'>
  db: Grant<'database'>
  visibility: Grant<'database'>
}

export function temporalValues({ historyShards, namespaces }: TemporalValues, granted: Granted): HelmValues {
  const { here, web, callback, login, db, visibility } = granted
  const ca = { additionalVolumes: [platformCa.volume], additionalVolumeMounts: [platformCa.mount] }
  return {
    // For images before 1.30.
    shims: { dockerize: false, elasticsearchTool: false },
    server: {
      replicaCount: here ? 1 : 0,
      securityContext: restrictedPod,
      ...ca,
      ...Object.fromEntries(
        parts.map((part) => [part, { containerSecurityContext: restricted, topologySpreadConstraints: [spread(part)] }]),
      ),
      config: {
        logLevel: 'info',
        persistence: {
          numHistoryShards: historyShards,
          datastores: { default: store(db, here), visibility: store(visibility, here) },
        },
        namespaces: { create: here, namespace: namespaces },
      },
    },
    // Flux knows no hooks that wait for Secrets of the same release.
    schema: { useHelmHooks: false, securityContext: restrictedPod, containerSecurityContext: restricted },
    admintools: { enabled: here, securityContext: restrictedPod, containerSecurityContext: restricted, ...ca },
    web: {
      securityContext: restrictedPod,
      containerSecurityContext: restricted,
      additionalEnv: [
        { name: 'TEMPORAL_CORS_ORIGINS', value: web.url },
        ...(login
          ? [
              { name: 'TEMPORAL_AUTH_ENABLED', value: 'true' },
              // Asked for by the Service; what it answers names the outside address.
              { name: 'TEMPORAL_AUTH_PROVIDER_URL', value: login.internal },
              { name: 'TEMPORAL_AUTH_ISSUER_URL', value: login.issuer },
              { name: 'TEMPORAL_AUTH_CLIENT_ID', value: login.clientId },
              { name: 'TEMPORAL_AUTH_CLIENT_SECRET', valueFrom: { secretKeyRef: { name: login.secret, key: 'clientSecret' } } },
              { name: 'TEMPORAL_AUTH_CALLBACK_URL', value: `${web.url}${callback}` },
              { name: 'TEMPORAL_AUTH_SCOPES', value: 'openid,profile,email' },
            ]
          : []),
      ],
    },
  }
}

/** CNPG makes the databases; their schema is kept where they are written. */
function store({ host, port, database, username, secret }: Grant<'database'>, here: boolean) {
  return {
    sql: {
      createDatabase: false,
      manageSchema: here,
      pluginName: 'postgres12_pgx',
      driverName: 'postgres12_pgx',
      databaseName: database,
      connectAddr: `${host}:${port}`,
      connectProtocol: 'tcp',
      user: username,
      existingSecret: secret,
      secretKey: 'password',
      maxConns: 10,
      maxIdleConns: 10,
      maxConnLifetime: '1h',
      tls: { enabled: true, caFile: platformCa.file, serverName: host, enableHostVerification: true },
    },
  }
}

const spread = (part: string) => ({
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'temporal', 'app.kubernetes.io/component': part } },
})

const restrictedPod = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
}
const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
