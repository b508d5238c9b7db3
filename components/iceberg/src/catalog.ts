import { deployment, type Grant, job, platformCa, type Release, release } from '@openova/core'
import type { IcebergValues } from './values.ts'
import { audience } from './warehouse.ts'

interface Granted {
  /** Whether its database is written in this region. */
  here: boolean
  login?: Grant<'client'>
  db: Grant<'database'>
  /** Secret with the key by which credentials are kept in the database. */
  encryption: string
}

/** Nobody is let in without a token: that of a pod's ServiceAccount, or, where Keycloak is chosen, one of the realm. */
export function catalog({ replicas }: IcebergValues, { here, login, db, encryption }: Granted): Release {
  return release('lakekeeper', {
    chart: { name: 'lakekeeper', repository: 'https://lakekeeper.github.io/lakekeeper-charts/', version: '0.11.0' },
    workloads: [
      deployment('lakekeeper', {
        at: { replicas: 'catalog.replicas', resources: 'catalog.resources' },
        replicas: here ? replicas : 0,
        cpu: '50m',
        memory: '128Mi',
        memoryLimit: '512Mi',
        spread: 'preferred',
      }),
      here &&
        job('lakekeeper-db-migration', {
          at: { resources: 'catalog.dbMigrations.resources' },
          replicas: 1,
          once: true,
          cpu: '10m',
          memory: '64Mi',
          memoryLimit: '256Mi',
        }),
    ],
    values: {
      // Else the migration would wait for the pods, and these for the migration.
      helmWait: true,
      postgresql: { enabled: false },
      externalDatabase: {
        host_read: db.host,
        host_write: db.host,
        port: db.port,
        database: db.database,
        userSecret: db.secret,
        userSecretKey: 'username',
        passwordSecret: db.secret,
        passwordSecretKey: 'password',
      },
      secretBackend: { type: 'Postgres', postgres: { encryptionKeySecret: encryption, encryptionKeySecretKey: 'encryptionKey' } },
      auth: {
        k8s: { enabled: true, audience },
        // Asked for by the Service; what it answers names the outside address, which tokens carry.
        ...(login && { oauth2: { providerUri: login.internal, audience, ui: { clientID: login.clientId } } }),
      },
      // Who is known may do everything; the chart knows finer rights with OpenFGA only.
      authz: { backend: 'allowall' },
      catalog: {
        dbMigrations: { enabled: here },
        initContainers: { checkDb: { resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } } } },
        prometheus: { setScrapeAnnotations: true },
        podSecurityContext: { runAsNonRoot: true, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
        containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'lakekeeper', 'app.kubernetes.io/component': 'catalog' } },
          },
        ],
        config: {
          LAKEKEEPER__PG_SSL_MODE: 'verify-full',
          LAKEKEEPER__PG_SSL_ROOT_CERT: platformCa.file,
          // Of MinIO, the only one that it calls by TLS.
          SSL_CERT_FILE: platformCa.file,
          ...(login && { LAKEKEEPER__UI__OPENID_PROVIDER_URI: login.issuer }),
        },
        extraVolumes: [platformCa.volume],
        extraVolumeMounts: [platformCa.mount],
      },
    },
    // The migration is named after the release.
    drift: { mode: 'enabled', ignore: [{ paths: [''], target: { kind: 'Job' } }] },
  })
}
