import { deployment, type Grant, type Release, release } from '@openova/core'
import { mimirPort } from './mimir.ts'
import type { GrafanaValues } from './values.ts'

interface FrontendOptions {
  web: Grant<'host'>
  admin: string
  /** Shared by several pods; without it SQLite, and one pod. */
  db?: Grant<'database'>
  login?: Grant<'client'>
}

/** Grafana itself. Alerts are Mimir's: Grafana shows them. */
export function frontend({ replicas, persistent }: GrafanaValues, { web, admin, db, login }: FrontendOptions): Release {
  const hasVolume = persistent && !db
  return release('grafana', {
    chart: { name: 'grafana', repository: 'oci://ghcr.io/grafana-community/helm-charts', version: '12.11.1' },
    // The request of its sidecar (64Mi), which loads the dashboards, stands with its own.
    workloads: [
      deployment('grafana', {
        at: '',
        replicas,
        cpu: '50m',
        memory: '256Mi',
        memoryLimit: '512Mi',
        volume: hasVolume ? '10Gi' : undefined,
      }),
    ],
    values: {
      admin: { existingSecret: admin },
      persistence: { enabled: hasVolume },
      deploymentStrategy: hasVolume ? { type: 'Recreate' } : undefined,
      envFromSecrets: db && [{ name: db.secret }],
      // The Secret comes later than the pod, which starts anew when it does.
      envValueFrom: login && {
        GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: { secretKeyRef: { name: login.secret, key: 'clientSecret', optional: true } },
      },
      podAnnotations: login && { 'secret.reloader.stakater.com/reload': login.secret },
      'grafana.ini': {
        server: { root_url: web.url, domain: web.name },
        analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
        users: { allow_sign_up: false },
        'auth.generic_oauth': login && oauth(login),
        unified_alerting: { execute_alerts: false },
        database: db && { type: 'postgres', host: `${db.host}:${db.port}`, name: db.database, user: db.username, ssl_mode: 'require' },
      },
      datasources: { 'datasources.yaml': { apiVersion: 1, datasources } },
      sidecar: { dashboards: { enabled: true, resource: 'configmap' } },
      rbac: { namespaced: true },
      initChownData: { enabled: false },
      testFramework: { enabled: false },
    },
  })
}

/** People log in at Keycloak, and may do what their role there says; the admin keeps a password of Grafana's own. */
const oauth = ({ clientId, issuer, internal }: Grant<'client'>) => ({
  enabled: true,
  name: 'Keycloak',
  allow_sign_up: true,
  client_id: clientId,
  scopes: 'openid profile email',
  use_pkce: true,
  auth_url: `${issuer}/protocol/openid-connect/auth`,
  token_url: `${internal}/protocol/openid-connect/token`,
  api_url: `${internal}/protocol/openid-connect/userinfo`,
  role_attribute_path: "contains(roles[*], 'admin') && 'GrafanaAdmin' || contains(roles[*], 'editor') && 'Editor' || 'Viewer'",
  allow_assign_grafana_admin: true,
})

const mimir = `http://mimir.grafana.svc:${mimirPort}`

const datasources = [
  {
    name: 'Mimir',
    uid: 'mimir',
    type: 'prometheus',
    access: 'proxy',
    url: `${mimir}/prometheus`,
    isDefault: true,
    jsonData: { httpMethod: 'POST', prometheusType: 'Mimir' },
  },
  { name: 'Alerts', uid: 'alerts', type: 'alertmanager', access: 'proxy', url: mimir, jsonData: { implementation: 'mimir' } },
  { name: 'Loki', uid: 'loki', type: 'loki', access: 'proxy', url: 'http://loki.grafana.svc:3100' },
  {
    name: 'Tempo',
    uid: 'tempo',
    type: 'tempo',
    access: 'proxy',
    url: 'http://tempo.grafana.svc:3200',
    jsonData: { tracesToLogsV2: { datasourceUid: 'loki' }, tracesToMetrics: { datasourceUid: 'mimir' } },
  },
]
