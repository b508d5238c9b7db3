import { type Resource, resource } from '@openova/core'
import { collector } from './collector.ts'
import type { OpentelemetryValues } from './values.ts'

/** Takes traces of every pod, adds whose they are, and hands them to Tempo. */
export function tracesCollector({ replicas, memory }: OpentelemetryValues['traces'], clusterName: string): Resource {
  return collector('traces', {
    replicas,
    memory,
    receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } } } },
    processors: {
      resource: { attributes: [{ key: 'k8s.cluster.name', value: clusterName, action: 'upsert' }] },
      batch: {},
    },
    exporters: { otlp: { endpoint: 'tempo.grafana.svc:4317', tls: { insecure: true } } },
    pipelines: { traces: { receivers: ['otlp'], processors: ['memory_limiter', 'resource', 'batch'], exporters: ['otlp'] } },
  })
}

/** What a pod with the annotation `instrumentation.opentelemetry.io/inject-<language>: opentelemetry/default` gets. */
export function instrumentation(sampling: number): Resource {
  return resource('opentelemetry.io/v1alpha1/Instrumentation', 'default', {
    spec: {
      exporter: { endpoint: 'http://traces-collector.opentelemetry.svc:4318' },
      propagators: ['tracecontext', 'baggage'],
      sampler: { type: 'parentbased_traceidratio', argument: String(sampling) },
      // SDKs send metrics and logs too unless told otherwise; Alloy collects those.
      env: [
        { name: 'OTEL_METRICS_EXPORTER', value: 'none' },
        { name: 'OTEL_LOGS_EXPORTER', value: 'none' },
      ],
    },
  })
}
