import { deployment, type HelmValues, type Resource, resource } from '@openova/core'

/** The distribution that can write to OpenSearch. */
export const collectorImage = {
  repository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib',
  tag: '0.158.0',
}
export const metricsPort = 8888

interface Collector {
  replicas: number
  memory: string
  receivers: HelmValues
  processors: HelmValues
  exporters: HelmValues
  extensions?: HelmValues
  pipelines: Readonly<Record<string, { receivers: string[]; processors: string[]; exporters: string[] }>>
  /** Beside image and sizes: its account, environment, volumes. */
  pod?: object
}

/** A collector that the operator runs as a Deployment, with its own metrics and a limit of its own below that of the pod. */
export function collector(
  name: string,
  { replicas, memory, receivers, processors, exporters, extensions = {}, pipelines, pod = {} }: Collector,
): Resource {
  return resource('opentelemetry.io/v1beta1/OpenTelemetryCollector', name, {
    workloads: [deployment(`${name}-collector`, { at: 'spec', replicas, cpu: '50m', memory, memoryLimit: timesFour(memory) })],
    spec: {
      mode: 'deployment',
      image: `${collectorImage.repository}:${collectorImage.tag}`,
      upgradeStrategy: 'none',
      podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(metricsPort) },
      podSecurityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      ...pod,
      config: {
        receivers,
        processors: { memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 25 }, ...processors },
        exporters,
        extensions: { health_check: { endpoint: '0.0.0.0:13133' }, ...extensions },
        service: {
          extensions: ['health_check', ...Object.keys(extensions)],
          telemetry: { metrics: { readers: [{ pull: { exporter: { prometheus } } }] } },
          pipelines,
        },
      },
    },
  })
}

/** Names as they have always been, without units. */
const prometheus = {
  host: '0.0.0.0',
  port: metricsPort,
  without_scope_info: true,
  without_type_suffix: true,
  without_units: true,
}

const timesFour = (memory: string) => memory.replace(/^\d+/, (number) => String(4 * Number(number)))
