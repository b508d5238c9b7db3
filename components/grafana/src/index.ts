import { bucket, client, database, defineComponent, generate, host, optional, secret, supply, template } from '@openova/core'
import { alloy } from './alloy.ts'
import { componentDashboard, platformDashboard } from './dashboards.ts'
import { frontend } from './frontend.ts'
import { kubeStateMetrics } from './kube-state-metrics.ts'
import { loki } from './loki.ts'
import { mimir, webhookOpening } from './mimir.ts'
import { ruleFile } from './rules.ts'
import { internalCa, keysOf } from './storage.ts'
import { tempo } from './tempo.ts'
import { values } from './values.ts'

export type { GrafanaValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Metrics, logs and traces of the region, with a dashboard and alert rules for every chosen component: Alloy, Mimir, Loki, Tempo, Grafana. */
export default defineComponent({
  name: 'grafana',
  tier: 'mandatory',
  category: 'observability',
  budget: 'observability',
  namespace: { name: 'grafana', podSecurity: 'privileged', reason: 'Alloy reads the logs of all pods from the disk of their node.' },
  values,

  network: {
    apiServer: true,
    // Of Grafana, Loki, Tempo, Mimir and kube-state-metrics, Alloy.
    metrics: [3000, 3100, 3200, 8080, 12345],
    ingress: [{ from: 'all', ports: [4317, 4318] }],
  },
  metrics: [
    {
      name: 'Series in Mimir, of those that are allowed',
      expr: 'max(cortex_ingester_memory_series) / max(cortex_ingester_local_limits{limit="max_global_series_per_user"})',
      unit: 'of 1',
      above: 0.9,
      for: '30m',
      action: 'New series are refused at the limit: raise `mimir.maxSeries` together with `mimir.memory`.',
    },
    {
      name: 'Samples refused by Mimir',
      expr: 'sum by (reason) (rate(cortex_discarded_samples_total[5m]))',
      unit: 'samples/s',
      above: 0,
      for: '15m',
      action: 'The reason says which limit; for `per_user_series_limit` raise `mimir.maxSeries` and `mimir.memory`.',
    },
    {
      name: 'Lines refused by Loki',
      expr: 'sum by (reason) (rate(loki_discarded_samples_total[5m]))',
      unit: 'lines/s',
      above: 0,
      for: '15m',
      action: 'The reason says which limit; `rate_limited` wants a quieter component before it wants a higher limit.',
    },
    {
      name: 'Collectors that are not healthy',
      expr: 'sum by (pod) (alloy_component_controller_running_components{health_type!="healthy"})',
      unit: 'components',
      above: 0,
      for: '15m',
      action: 'Read the log of that Alloy pod.',
    },
    {
      name: 'Samples that did not arrive',
      expr: 'sum by (pod) (rate(prometheus_remote_storage_samples_failed_total[5m]))',
      unit: 'samples/s',
      above: 0,
      for: '15m',
      action: 'Mimir did not take them for good: read its log, and look at its volume and at MinIO.',
    },
  ],
  privileges: [
    { role: 'alloy', reason: 'It finds the pods of its node, and reads the metrics of the kubelet.' },
    { role: 'kube-state-metrics', reason: 'It lists workloads, nodes and volume claims of all namespaces.' },
  ],

  needs: ({ values: { replicas, alerts } }) => ({
    web: host({ name: 'grafana', service: 'grafana', port: 80 }),
    lokiData: bucket({ name: 'loki-data', secret: keysOf('LOKI_DATA') }),
    lokiRuler: bucket({ name: 'loki-ruler', secret: keysOf('LOKI_RULER') }),
    tempoData: bucket({ name: 'tempo-data', secret: keysOf('TEMPO_DATA') }),
    mimirBlocks: bucket({ name: 'mimir-blocks', secret: keysOf('MIMIR_BLOCKS') }),
    mimirAlertmanager: bucket({ name: 'mimir-alertmanager', secret: keysOf('MIMIR_ALERTMANAGER') }),
    db: replicas > 1 && optional(database({ name: 'grafana', scope: 'regional', secret: (pg) => ({ GF_DATABASE_PASSWORD: pg.password }) })),
    login: optional(
      client({
        name: 'grafana',
        returnsTo: [{ host: 'grafana', paths: ['/login/generic_oauth'] }],
        roles: ['admin', 'editor'],
        before: 'config',
      }),
    ),
    admin: secret('admin', { 'admin-user': template('admin'), 'admin-password': generate(24) }),
    webhook:
      alerts.webhook &&
      secret('alert-webhook', { address: supply('Address of the webhook that takes messages of an Alertmanager') }, { before: 'config' }),
  }),

  check: ({ values: { replicas }, has }) => [
    replicas > 1 &&
      !has('cnpg') && {
        at: 'replicas',
        message: `Unexpected ${replicas} replicas without cnpg, expected 1: each would have a database of its own`,
        fix: 'choose cnpg, or set `replicas: 1`',
      },
  ],

  attaches: (to) => ({ config: [componentDashboard(to)] }),

  before: () => [internalCa()],
  releases: ({ values, region, chosen, granted: { web, lokiData, lokiRuler, tempoData, db, login, admin } }) => [
    frontend(values, { web, admin: admin.secret, db, login }),
    loki(values, { data: lokiData, rules: lokiRuler }),
    tempo(values, tempoData),
    alloy(values, { chosen, region }),
    kubeStateMetrics(values),
  ],
  install: ({ values, chosen, granted: { mimirBlocks, mimirAlertmanager, webhook } }) =>
    mimir({ values, blocks: mimirBlocks, alertmanager: mimirAlertmanager, rules: ruleFile(chosen), webhook: webhook?.secret }),
  config: ({ granted: { webhook } }) => [platformDashboard(), webhook && webhookOpening()],
})
