import { deployment, type Grant, type Release, release } from '@openova/core'
import { mimirPort } from './mimir.ts'
import type { GrafanaValues } from './values.ts'

interface FrontendOptions {
  web: Grant<'host'>
  admin: string
  /** Shared by several pods; without it SQLite, and one pod. */
  db?: Grant<'database'>
}

/** Grafana itself. Alerts are Mimir's: Grafana shows them. */
export function frontend({ replicas, persistent }: GrafanaValues, { web, admin, db }: FrontendOptions): Release {
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
      'grafana.ini': {
        server: { root_url: web.url, domain: web.name },
        analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
        users: { allow_sign_up: false },
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
