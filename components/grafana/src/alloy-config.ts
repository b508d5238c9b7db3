import { type Chosen, compareText, type Region } from '@openova/core'
import { nodes, usageOf } from './dashboards.ts'
import { firewallEvents } from './firewall-log.ts'
import { mimirPort } from './mimir.ts'
import { seriesOf } from './series.ts'
import { serviceLevels } from './service-levels.ts'

interface ConfigOptions {
  chosen: readonly Chosen[]
  region: Region
  scrapeInterval: string
}

/** Alloy's configuration: logs to Loki, the series that somebody reads to Mimir, traces to Tempo. */
export function alloyConfig({ chosen, region, scrapeInterval }: ConfigOptions): string {
  const events = chosen.some(({ name }) => name === 'strimzi')
  const labels = `{ cluster = "${region.clusterName}", region = "${region.name}" }`
  return `logging {
  level = "warn"
}

discovery.kubernetes "pods" {
  role = "pod"
  selectors {
    role  = "pod"
    field = "spec.nodeName=" + sys.env("NODE_NAME")
  }
}
${logs(labels, { events })}${podMetrics(chosen, scrapeInterval)}${nodeMetrics(scrapeInterval)}
// Only series that a dashboard or a rule reads: their number is known before they exist.
prometheus.relabel "read_by_somebody" {
  forward_to = [prometheus.remote_write.mimir.receiver]
  rule {
    action        = "keep"
    source_labels = ["__name__"]
    regex         = "${keptSeries(chosen).join('|')}"
  }
}

prometheus.remote_write "mimir" {
  external_labels = ${labels}
  endpoint {
    url = "http://mimir.grafana.svc:${mimirPort}/api/v1/push"
  }
}
${traces}`
}

/** Series of the chosen components, of the service levels, of the dashboards, and \`up\`. */
export function keptSeries(chosen: readonly Chosen[]): string[] {
  const metrics = [...chosen.flatMap(({ metrics: own = [] }) => own), ...serviceLevels, ...usageOf('', 'namespace'), ...nodes]
  return [...new Set(['up', ...metrics.flatMap(({ expr }) => seriesOf(expr))])].toSorted(compareText)
}

const logs = (labels: string, { events }: { events: boolean }) => `
discovery.relabel "logs" {
  targets = discovery.kubernetes.pods.targets
  rule {
    source_labels = ["__meta_kubernetes_namespace"]
    target_label  = "namespace"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_name"]
    target_label  = "pod"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_container_name"]
    target_label  = "container"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_uid", "__meta_kubernetes_pod_container_name"]
    separator     = "/"
    replacement   = "/var/log/pods/*$1/*.log"
    target_label  = "__path__"
  }
}

local.file_match "logs" {
  path_targets = discovery.relabel.logs.output
}

loki.source.file "logs" {
  targets    = local.file_match.logs.targets
  forward_to = [loki.process.logs.receiver]
}

loki.process "logs" {
  forward_to = [loki.write.loki.receiver${events ? ', loki.process.firewall.receiver' : ''}]
  stage.cri { }
  stage.label_drop {
    values = ["filename"]
  }
}

loki.write "loki" {
  external_labels = ${labels}
  endpoint {
    url = "http://loki.grafana.svc:3100/loki/api/v1/push"
  }
}
${events ? firewallEvents : ''}`

/** The pods and ports that the catalog names; an annotation says the port where the container does not, the path and the scheme. */
const podMetrics = (chosen: readonly Chosen[], interval: string) => `
discovery.relabel "metrics" {
  targets = discovery.kubernetes.pods.targets
  rule {
    source_labels = ["__meta_kubernetes_pod_container_port_number"]
    target_label  = "__tmp_port"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_port"]
    regex         = "([0-9]+)"
    target_label  = "__tmp_port"
  }
  rule {
    action        = "keep"
    source_labels = ["__meta_kubernetes_namespace", "__tmp_port"]
    separator     = ":"
    regex         = "${scrapedPorts(chosen).join('|')}"
  }
  rule {
    action        = "drop"
    source_labels = ["__meta_kubernetes_pod_phase"]
    regex         = "Pending|Succeeded|Failed"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_ip", "__tmp_port"]
    separator     = ":"
    target_label  = "__address__"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_scheme"]
    regex         = "(https?)"
    target_label  = "__scheme__"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_path"]
    regex         = "(.+)"
    target_label  = "__metrics_path__"
  }
  rule {
    source_labels = ["__meta_kubernetes_namespace"]
    target_label  = "namespace"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_name"]
    target_label  = "pod"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_node_name"]
    target_label  = "node"
  }
}

prometheus.scrape "pods" {
  targets         = discovery.relabel.metrics.output
  forward_to      = [prometheus.relabel.read_by_somebody.receiver]
  scrape_interval = "${interval}"
  // The namespace of what a metric is about is worth more than that of who reports it.
  honor_labels    = true
  tls_config {
    // Pods are reached by address, which no certificate names.
    insecure_skip_verify = true
  }
}
`

/** \`namespace:port\` of everything that has metrics. */
function scrapedPorts(chosen: readonly Chosen[]): string[] {
  const pairs = chosen.flatMap(({ namespace, network, needs }) =>
    [...(network.metrics ?? []), ...needs.flatMap(({ opens }) => opens.metrics ?? [])].map((port) => `${namespace}:${port}`),
  )
  return [...new Set(pairs)].toSorted(compareText)
}

/** K3s is one process: on a server, the kubelet's port tells the API server's metrics as well. */
const nodeMetrics = (interval: string) =>
  [
    { name: 'kubelet', path: '/metrics' },
    { name: 'cadvisor', path: '/metrics/cadvisor' },
  ]
    .map(
      ({ name, path }) => `
prometheus.scrape "${name}" {
  targets           = [{ "__address__" = sys.env("NODE_IP") + ":10250", "node" = sys.env("NODE_NAME") }]
  forward_to        = [prometheus.relabel.read_by_somebody.receiver]
  job_name          = "${name}"
  scheme            = "https"
  metrics_path      = "${path}"
  scrape_interval   = "${interval}"
  honor_labels      = true
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  tls_config {
    ca_file = "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt"
  }
}
`,
    )
    .join('')

const traces = `
otelcol.receiver.otlp "traces" {
  grpc {
    endpoint = "0.0.0.0:4317"
  }
  http {
    endpoint = "0.0.0.0:4318"
  }
  output {
    traces = [otelcol.processor.batch.traces.input]
  }
}

otelcol.processor.batch "traces" {
  output {
    traces = [otelcol.exporter.otlp.tempo.input]
  }
}

otelcol.exporter.otlp "tempo" {
  client {
    endpoint = "tempo.grafana.svc:4317"
    tls {
      insecure = true
    }
  }
}
`
