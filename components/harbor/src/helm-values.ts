import type { Grant, HelmValues } from '@openova/core'
import type { HarborValues } from './values.ts'
import { volume } from './workloads.ts'

interface Granted {
  url: string
  images: Grant<'bucket'>
  db?: Grant<'database'>
  redis?: Grant<'cache'>
  /** Names of the Secrets; the chart makes random ones at every upgrade where one is left out. */
  secrets: { admin: string; core: string; jobservice: string; registry: string; database?: string }
}

export function harborValues({ replicas, scanner }: HarborValues, { url, images, db, redis, secrets }: Granted): HelmValues {
  return {
    // Tokens are bound to this address: each region has its own, and clients of the other name are sent here.
    externalURL: url,
    // One port for portal and API by the chart's nginx; TLS ends at the Gateway.
    expose: { type: 'clusterIP', tls: { enabled: false } },
    ipFamily: { ipv6: { enabled: false } },
    enableMigrateHelmHook: replicas > 1,
    existingSecretAdminPassword: secrets.admin,
    existingSecretSecretKey: secrets.core,
    core: {
      existingSecret: secrets.core,
      existingXsrfSecret: secrets.core,
      secretName: 'token',
      podAnnotations: scraped,
      podDisruptionBudget: { enabled: replicas > 1 },
    },
    // Logs in the database, so that several pods need no shared volume.
    jobservice: { existingSecret: secrets.jobservice, jobLoggers: ['database'], podAnnotations: scraped },
    registry: {
      existingSecret: secrets.registry,
      credentials: { existingSecret: secrets.registry },
      podAnnotations: scraped,
      podDisruptionBudget: { enabled: replicas > 1 },
    },
    exporter: { podAnnotations: scraped },
    metrics: { enabled: true },
    trivy: { enabled: scanner.enabled },
    persistence: {
      persistentVolumeClaim: { database: { size: volume }, redis: { size: volume }, trivy: { size: volume } },
      imageChartStorage: {
        type: 's3',
        // Clients cannot reach MinIO by the name that Harbor uses.
        disableredirect: true,
        caBundleSecretName: 'token',
        s3: {
          region: 'us-east-1',
          bucket: images.bucket,
          regionendpoint: images.endpoint,
          existingSecret: images.secret,
          secure: true,
          v4auth: true,
        },
      },
    },
    database: {
      type: db ? 'external' : 'internal',
      maxOpenConns: 100,
      maxIdleConns: 10,
      // Core reads its password from here whichever database it has.
      external: {
        existingSecret: secrets.database,
        host: db?.host,
        port: db && String(db.port),
        username: db?.username,
        coreDatabase: db?.database,
        sslmode: db && 'require',
      },
      internal: db
        ? undefined
        : { extraEnvVars: [{ name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: secrets.database, key: 'password' } } }] },
    },
    redis: redis ? { type: 'external', external: { addr: redis.address, existingSecret: redis.secret } } : { type: 'internal' },
  }
}

const scraped = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8001' }
