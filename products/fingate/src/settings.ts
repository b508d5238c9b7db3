import { type Grant, type Platform, platformCa, type Region, type Resource, resource } from '@openova/core'
import { hostsOf, realm, urlOf } from './names.ts'
import { http, sandbox } from './services.ts'
import type { FingateValues } from './values.ts'
import { settingsMap } from './workload.ts'

interface Options {
  platform: Platform
  region: Region
  db: Grant<'database'>
  quota: Grant<'cache'>
  topics: Grant<'topic'>
  /** Where Keycloak and OpenMeter answer, in whichever region they run. */
  login: string
  metering: string
  /** Whether the tables are brought up to date from here. */
  migrates: boolean
}

/** Everything that the services are told, but for secrets. */
export function settings(values: FingateValues, { platform, region, db, quota, topics, login, metering, migrates }: Options): Resource {
  const api = hostsOf('openbanking-api', region, platform)
  const auth = hostsOf('openbanking-auth', region, platform)
  return resource('v1/ConfigMap', settingsMap, {
    data: {
      STANDARD: values.standard,
      API_URL: urlOf(api.client, platform),
      ISSUER: `${urlOf(auth.client, platform)}/realms/${realm}`,
      JWKS_URL: `${login}/realms/${realm}/protocol/openid-connect/certs`,
      REALM_URL: `${login}/realms/${realm}`,
      REALM_ADMIN_URL: `${login}/admin/realms/${realm}`,
      REALM_CLIENT_ID: 'tpp-management',
      DATABASE_HOST: db.host,
      DATABASE_PORT: String(db.port),
      DATABASE_NAME: db.database,
      DATABASE_SSLMODE: 'verify-full',
      DATABASE_MIGRATE: String(migrates),
      QUOTA_ADDRESS: quota.address,
      QUOTA_PREFIX: 'quota:',
      QUOTA_TIERS: JSON.stringify(values.tiers),
      KAFKA_BOOTSTRAP: topics.bootstrap,
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_GROUP: topics.group,
      ACCESS_TOPIC: accessTopic,
      USAGE_TOPIC: usageTopic,
      OPENMETER_URL: metering,
      USAGE_EVENT_TYPE: eventType,
      USAGE_EVENT_SOURCE: 'open-banking-api',
      CLIENT_CERTIFICATE_HEADER: 'x-forwarded-client-cert',
      ANCHORS_FILE: '/anchors/ca.crt',
      CA_FILE: platformCa.file,
      CONSENTS_URL: `http://consents-api:${http}`,
      BACKEND_URL: values.sandbox.enabled ? `http://${sandbox}:${http}` : values.bank,
    },
  })
}

export const accessTopic = 'ob.access'
export const usageTopic = 'ob.usage'
export const eventType = 'api.call'
