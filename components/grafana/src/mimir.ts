import { type Grant, type Resource, resource, statefulSet } from '@openova/core'
import { accessKey, addressOf, caFile, caMount, caVolume, fromEnvironment, secretKey } from './storage.ts'
import type { GrafanaValues } from './values.ts'

export const mimirPort = 8080
const name = 'mimir'
const labels = { 'app.kubernetes.io/name': name }
const ports = { http: mimirPort, grpc: 9095 }

interface MimirOptions {
  values: GrafanaValues
  blocks: Grant<'bucket'>
  alertmanager: Grant<'bucket'>
  /** Text of the rule file. */
  rules: string
  /** Secret with key `address`: where alerts go. */
  webhook?: string
}

/** Metrics, their rules and the Alertmanager in one process; the chart knows eleven pods and Kafka only. */
export function mimir({ values, blocks, alertmanager, rules, webhook }: MimirOptions): Resource[] {
  const { cpu, memory, volume } = values.mimir
  return [
    resource('v1/ConfigMap', name, {
      data: {
        'mimir.yaml': asText(configuration({ values, blocks, alertmanager })),
        'alertmanager.yaml': asText(routing(webhook !== undefined)),
      },
    }),
    resource('v1/ConfigMap', `${name}-rules`, { data: { 'openova.yaml': rules } }),
    resource('v1/Service', name, {
      spec: { selector: labels, ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number, targetPort: port })) },
    }),
    resource('apps/v1/StatefulSet', name, {
      annotations: { 'reloader.stakater.com/auto': 'true' },
      workloads: [statefulSet(name, { replicas: 1, cpu, memory, volume })],
      spec: {
        serviceName: name,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            terminationGracePeriodSeconds: 300,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 10001,
              runAsGroup: 10001,
              fsGroup: 10001,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name,
                image: 'docker.io/grafana/mimir:3.2.0',
                args: ['-config.file=/etc/mimir/mimir.yaml', '-config.expand-env=true'],
                envFrom: [blocks, alertmanager].map(({ secret }) => ({ secretRef: { name: secret } })),
                ports: Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort })),
                readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 15 },
                livenessProbe: { tcpSocket: { port: 'http' }, initialDelaySeconds: 60, periodSeconds: 30 },
                volumeMounts: [
                  { name: 'config', mountPath: '/etc/mimir' },
                  // Without tenants, everybody is `anonymous`.
                  { name: 'rules', mountPath: '/etc/mimir-rules/anonymous' },
                  { name: 'webhook', mountPath: webhookFolder, readOnly: true },
                  { name: 'data', mountPath: '/data' },
                  caMount,
                ],
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              },
            ],
            volumes: [
              { name: 'config', configMap: { name } },
              { name: 'rules', configMap: { name: `${name}-rules` } },
              // A person supplies it, maybe later: metrics do not wait for that.
              webhook === undefined
                ? { name: 'webhook', emptyDir: {} }
                : { name: 'webhook', secret: { secretName: webhook, optional: true } },
              caVolume,
            ],
          },
        },
        volumeClaimTemplates: [
          { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: volume } } } },
        ],
      },
    }),
  ]
}

const webhookFolder = '/etc/alert-webhook'

function configuration({ values, blocks, alertmanager }: Pick<MimirOptions, 'values' | 'blocks' | 'alertmanager'>) {
  const alone = { kvstore: { store: 'inmemory' } }
  const bucket = ({ bucket: bucket_name }: Grant<'bucket'>, prefix: string) => ({
    backend: 's3',
    s3: {
      bucket_name,
      endpoint: addressOf(blocks),
      region: 'us-east-1',
      access_key_id: fromEnvironment(accessKey(prefix)),
      secret_access_key: fromEnvironment(secretKey(prefix)),
      bucket_lookup_type: 'path',
      http: { tls_ca_path: caFile },
    },
  })
  return {
    target: 'all,alertmanager',
    multitenancy_enabled: false,
    usage_stats: { enabled: false },
    server: { http_listen_port: ports.http, grpc_listen_port: ports.grpc, log_level: 'warn' },
    blocks_storage: { ...bucket(blocks, 'MIMIR_BLOCKS'), tsdb: { dir: '/data/tsdb' }, bucket_store: { sync_dir: '/data/tsdb-sync' } },
    distributor: { ring: { ...alone, instance_addr: '127.0.0.1' } },
    ingester: { ring: { ...alone, instance_addr: '127.0.0.1', replication_factor: 1 } },
    store_gateway: { sharding_ring: { ...alone, instance_addr: '127.0.0.1', replication_factor: 1 } },
    compactor: { data_dir: '/data/compactor', sharding_ring: { ...alone, instance_addr: '127.0.0.1' } },
    ruler: {
      rule_path: '/data/ruler',
      ring: { ...alone, instance_addr: '127.0.0.1' },
      alertmanager_url: `http://127.0.0.1:${ports.http}/alertmanager`,
    },
    ruler_storage: { backend: 'local', local: { directory: '/etc/mimir-rules' } },
    alertmanager: {
      data_dir: '/data/alertmanager',
      fallback_config_file: '/etc/mimir/alertmanager.yaml',
      sharding_ring: { ...alone, instance_addr: '127.0.0.1', replication_factor: 1 },
    },
    alertmanager_storage: bucket(alertmanager, 'MIMIR_ALERTMANAGER'),
    limits: {
      max_global_series_per_user: values.mimir.maxSeries,
      compactor_blocks_retention_period: values.retention.metrics,
      // One group a component, however many metrics it has.
      ruler_max_rules_per_rule_group: 0,
      ruler_max_rule_groups_per_tenant: 0,
    },
  }
}

function routing(hasWebhook: boolean) {
  return {
    route: { receiver: 'people', group_by: ['alertname', 'component'], group_wait: '30s', group_interval: '5m', repeat_interval: '12h' },
    receivers: [{ name: 'people', ...(hasWebhook && { webhook_configs: [{ url_file: `${webhookFolder}/address` }] }) }],
  }
}

/** Nobody but the person who supplies it knows where the webhook is. */
export const webhookOpening = (): Resource =>
  resource('cilium.io/v2/CiliumNetworkPolicy', 'alert-webhook', {
    spec: {
      endpointSelector: { matchLabels: labels },
      egress: [{ toEntities: ['world'], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] }],
    },
  })

/** JSON is YAML. */
const asText = (content: object) => `${JSON.stringify(content, undefined, 2)}\n`
