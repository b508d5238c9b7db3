import { type Chosen, type Metric, type Resource, resource } from '@openova/core'
import { serviceLevels } from './service-levels.ts'

/** A component's dashboard: its own metrics, and what its pods use. */
export function componentDashboard({ name, namespace, metrics = [] }: Chosen): Resource | undefined {
  if (metrics.length === 0) return undefined
  return dashboard(name, [...metrics, ...usageOf(`namespace="${namespace}"`, 'pod')])
}

/** The region at a glance: its service levels, and who uses what. */
export function platformDashboard(): Resource {
  const levels = serviceLevels.map((level): Metric => ({ ...level, expr: level.record }))
  return dashboard('platform', [...levels, ...usageOf('', 'namespace'), ...nodes])
}

/** In Grafana's own namespace, so that Grafana need not read those of others. */
function dashboard(name: string, metrics: readonly Metric[]): Resource {
  const content = {
    uid: name,
    title: name,
    tags: ['openova'],
    timezone: 'utc',
    schemaVersion: 41,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    panels: metrics.map(panel),
  }
  return resource('v1/ConfigMap', `dashboard-${name}`, {
    namespace: 'grafana',
    labels: { grafana_dashboard: '1' },
    data: { [`${name}.json`]: `${JSON.stringify(content, undefined, 2)}\n` },
  })
}

/** Two a row, with the threshold as a line. */
function panel({ name, expr, unit, above, below, action }: Metric, index: number) {
  const bounds = [above, below].filter((bound) => bound !== undefined)
  return {
    id: index + 1,
    title: name,
    description: action,
    type: 'timeseries',
    datasource: { type: 'prometheus', uid: 'mimir' },
    gridPos: { x: 12 * (index % 2), y: 8 * Math.floor(index / 2), w: 12, h: 8 },
    targets: [{ refId: 'A', expr }],
    fieldConfig: {
      defaults: {
        unit: units.get(unit) ?? `suffix: ${unit}`,
        custom: { thresholdsStyle: { mode: bounds.length > 0 ? 'line' : 'off' } },
        thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }, ...bounds.map((value) => ({ color: 'red', value }))] },
      },
      overrides: [],
    },
  }
}

/** Ours -> Grafana's. */
const units = new Map([
  ['s', 's'],
  ['%', 'percent'],
  ['bytes', 'bytes'],
])

export const usageOf = (labels: string, by: string): Metric[] => [
  {
    name: 'Memory',
    expr: `sum by (${by}) (container_memory_working_set_bytes{container!="",${labels}})`,
    unit: 'bytes',
    for: '0s',
    action: 'What the pods hold; the kernel ends a pod at its limit.',
  },
  {
    name: 'CPU',
    expr: `sum by (${by}) (rate(container_cpu_usage_seconds_total{container!="",${labels}}[5m]))`,
    unit: 'cores',
    for: '0s',
    action: 'There are no CPU limits: a pod takes what is free.',
  },
  {
    name: 'Restarts in an hour',
    expr: `sum by (${by}) (increase(kube_pod_container_status_restarts_total{${labels}}[1h]))`,
    unit: 'restarts',
    for: '0s',
    action: 'Run `kubectl describe pod`: the last state says whether it ran out of memory.',
  },
]

export const nodes: readonly Metric[] = [
  {
    name: 'Nodes that are not ready',
    expr: 'sum(kube_node_status_condition{condition="Ready",status="true"} == bool 0)',
    unit: 'nodes',
    for: '0s',
    action: 'Run `kubectl describe node`.',
  },
  {
    name: 'Free space of volumes',
    expr: 'min by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes)',
    unit: 'of 1',
    for: '0s',
    action: 'Volumes can be made larger, never smaller.',
  },
]
