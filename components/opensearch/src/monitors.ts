import { body } from './job.ts'

interface Monitor {
  name: string
  /** Last part of the index name. */
  source: 'falco' | 'trivy' | 'kyverno' | 'sbom'
  /** 1 is the worst. */
  severity: '1' | '2' | '3'
  /** How often it looks, and how far back. */
  minutes: number
  matches: object
  /** Alerts for each value of a field that so many events have; without it, one event is enough. */
  each?: { field: string; above: number }
}

const monitors: readonly Monitor[] = [
  {
    name: 'runtime-critical',
    source: 'falco',
    severity: '1',
    minutes: 5,
    matches: { terms: { priority: ['Emergency', 'Alert', 'Critical'] } },
  },
  {
    name: 'runtime-burst',
    source: 'falco',
    severity: '2',
    minutes: 10,
    matches: { terms: { priority: ['Emergency', 'Alert', 'Critical', 'Error', 'Warning'] } },
    each: { field: 'output_fields.k8s_ns_name', above: 50 },
  },
  {
    name: 'exposed-secret',
    source: 'trivy',
    severity: '1',
    minutes: 60,
    matches: {
      bool: {
        filter: [{ term: { kind: 'ExposedSecretReport' } }],
        should: [{ range: { 'report.summary.criticalCount': { gt: 0 } } }, { range: { 'report.summary.highCount': { gt: 0 } } }],
        minimum_should_match: 1,
      },
    },
  },
  {
    name: 'vulnerability-critical',
    source: 'trivy',
    severity: '2',
    minutes: 60,
    matches: { bool: { filter: [{ term: { kind: 'VulnerabilityReport' } }, { range: { 'report.summary.criticalCount': { gt: 0 } } }] } },
  },
  { name: 'policy-violation', source: 'kyverno', severity: '3', minutes: 60, matches: { range: { 'summary.fail': { gt: 0 } } } },
  {
    name: 'fixable-critical',
    source: 'sbom',
    severity: '2',
    minutes: 60,
    matches: { bool: { filter: [{ term: { severity: 'Critical' } }, { term: { fix: 'fixed' } }] } },
  },
]

/**
 * Monitors on this region's own indices, so that no alert comes from both regions. Their ids are OpenSearch's, so they are found by name.
 * A new alert goes to the SOAR, once an hour while it lasts.
 */
export function makeMonitors(region: string, soar: { endpoint: string; authenticated: boolean }): string {
  const sends = soar.endpoint !== ''
  return [
    functions,
    sends ? `channel soar ${body(channel(soar))}\n` : '',
    ...monitors.map((monitor) => `monitor ${monitor.name} ${body(monitorOf(monitor, region, sends))}\n`),
    sends
      ? ''
      : 'find _plugins/_notifications/configs/soar | grep -q \'"config_list"\' && api DELETE _plugins/_notifications/configs/soar || true\n',
  ].join('')
}

const functions = `monitor() {
  named='{"query":{"term":{"monitor.name.keyword":"'"$1"'"}}}'
  id=$(find _plugins/_alerting/monitors/_search "$named" | grep -o '"_id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
  if [ -n "$id" ]; then api PUT "_plugins/_alerting/monitors/$id" "$2"; else api POST _plugins/_alerting/monitors "$2"; fi
}
channel() {
  if find "_plugins/_notifications/configs/$1" | grep -q '"config_list"'; then
    api PUT "_plugins/_notifications/configs/$1" '{"config":'"$2"'}'
  else
    api POST _plugins/_notifications/configs '{"config_id":"'"$1"'","config":'"$2"'}'
  fi
}
`

const channel = ({ endpoint, authenticated }: { endpoint: string; authenticated: boolean }) => ({
  name: 'soar',
  description: 'OpenOva Specter',
  config_type: 'webhook',
  is_enabled: true,
  webhook: {
    url: endpoint,
    method: 'POST',
    header_params: { 'Content-Type': 'application/json', ...(authenticated && { Authorization: 'Bearer $SOAR_TOKEN' }) },
  },
})

function monitorOf({ name, source, severity, minutes, matches, each }: Monitor, region: string, sends: boolean) {
  const indices = [`siem-${region}-${source}-*`]
  const window = { range: { '@timestamp': { gte: `{{period_end}}||-${minutes}m`, lte: '{{period_end}}', format: 'epoch_millis' } } }
  const query = { bool: { filter: [window, matches] } }
  const common = { type: 'monitor', name, enabled: true, schedule: { period: { interval: minutes, unit: 'MINUTES' } } }
  const actions = sends ? [action({ name, indices, region, minutes, each })] : []
  if (each === undefined) {
    const condition = { script: { source: 'ctx.results[0].hits.total.value > 0', lang: 'painless' } }
    return {
      ...common,
      monitor_type: 'query_level_monitor',
      inputs: [{ search: { indices, query: { size: 10, track_total_hits: true, query } } }],
      triggers: [{ query_level_trigger: { name, severity, condition, actions } }],
    }
  }
  const groups = { composite: { size: 100, sources: [{ group: { terms: { field: each.field } } }] } }
  const condition = {
    parent_bucket_path: 'groups',
    buckets_path: { events: '_count' },
    script: { source: `params.events > ${each.above}`, lang: 'painless' },
  }
  return {
    ...common,
    monitor_type: 'bucket_level_monitor',
    inputs: [{ search: { indices, query: { size: 0, query, aggs: { groups } } } }],
    triggers: [{ bucket_level_trigger: { name, severity, condition, actions } }],
  }
}

/** What Specter gets: which rule, how bad, and where to look up the events. */
function action({
  name,
  indices,
  region,
  minutes,
  each,
}: { indices: string[]; region: string } & Pick<Monitor, 'name' | 'minutes' | 'each'>) {
  const found = each
    ? `,"groups":[{{#ctx.newAlerts}}"{{bucket_keys}}",{{/ctx.newAlerts}}""]`
    : `,"events":{{ctx.results.0.hits.total.value}}`
  const message = `{"rule":"${name}","severity":"{{ctx.trigger.severity}}","region":"${region}","index":"${indices.join()}","field":"${each?.field ?? ''}","from":"{{ctx.periodStart}}","to":"{{ctx.periodEnd}}","minutes":${minutes}${found}}`
  return {
    name: 'soar',
    destination_id: 'soar',
    message_template: { source: message, lang: 'mustache' },
    throttle_enabled: each === undefined,
    ...(each === undefined
      ? { throttle: { value: 60, unit: 'MINUTES' } }
      : { action_execution_policy: { action_execution_scope: { per_execution: {} } } }),
  }
}
