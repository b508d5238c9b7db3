import { type Grant, type HelmValues, platformCa } from '@openova/core'
import type { OpenmeterValues } from './values.ts'

interface Granted {
  web: Grant<'host'>
  topics: Grant<'topic'>
  events: Grant<'analytics'>
  db: Grant<'database'>
  seen: Grant<'cache'> | undefined
}

/** Its file of settings, which lies in a ConfigMap: each password is empty here and comes by the environment. */
export function openmeterConfig({ meters }: OpenmeterValues, { web, topics, events, db, seen }: Granted): HelmValues {
  const kafka = { securityProtocol: 'SASL_SSL', saslMechanisms: 'SCRAM-SHA-512', saslUsername: topics.username, saslPassword: '' }
  const group = (worker: string) => `${topics.group}-${worker}`
  return {
    environment: 'production',
    apps: { baseURL: web.url },
    telemetry: { metrics: { exporters: { prometheus: { enabled: true } } } },
    ingest: { kafka: { ...kafka, broker: topics.bootstrap, partitions: 3 } },
    sink: {
      kafka: { ...kafka, brokers: topics.bootstrap, consumerGroupID: group('sink-worker'), autoOffsetReset: 'earliest' },
      dedupe: seen
        ? { enabled: true, driver: 'redis', config: { address: seen.address, username: '', password: '', expiration: '24h' } }
        : { enabled: true, driver: 'memory', config: { size: 100_000 } },
    },
    balanceWorker: { consumerGroupName: group('balance-worker') },
    billing: { worker: { consumerGroupName: group('billing-worker') } },
    notification: { consumer: { consumerGroupName: group('notification-service') } },
    aggregation: {
      clickhouse: {
        address: `${events.host}:${events.port}`,
        database: events.database,
        username: events.username,
        password: '',
        retry: { enabled: true },
      },
    },
    postgres: {
      autoMigrate: 'migration-job',
      host: db.host,
      port: db.port,
      database: db.database,
      user: db.username,
      password: '',
      options: { sslVerify: 'verify-full', sslRootCert: platformCa.file },
    },
    meters: meters.map(({ description, valueProperty, ...meter }) => ({
      ...meter,
      ...(description !== '' && { description }),
      ...(valueProperty !== '' && { valueProperty }),
    })),
  }
}

/** Viper reads a setting from the variable of its path. */
export function passwords({ topics, events, db, seen }: Omit<Granted, 'web'>) {
  const from = (name: string, secret: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } })
  return [
    from('INGEST_KAFKA_SASLPASSWORD', topics.secret, 'password'),
    from('SINK_KAFKA_SASLPASSWORD', topics.secret, 'password'),
    from('AGGREGATION_CLICKHOUSE_PASSWORD', events.secret, 'password'),
    from('POSTGRES_PASSWORD', db.secret, 'password'),
    ...(seen
      ? [from('SINK_DEDUPE_CONFIG_USERNAME', seen.secret, 'username'), from('SINK_DEDUPE_CONFIG_PASSWORD', seen.secret, 'password')]
      : []),
  ]
}
