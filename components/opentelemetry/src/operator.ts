import { deployment, type Release, release } from '@openova/core'
import { collectorImage } from './collector.ts'

/** Runs the collectors, and instruments pods that ask for it by annotation. */
export function operator(): Release {
  return release('opentelemetry-operator', {
    chart: {
      name: 'opentelemetry-operator',
      repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
      version: '0.122.0',
    },
    workloads: [
      deployment('opentelemetry-operator', {
        at: { replicas: 'replicaCount', resources: 'manager.resources' },
        replicas: 1,
        cpu: '20m',
        memory: '96Mi',
        memoryLimit: '256Mi',
      }),
    ],
    values: {
      manager: {
        collectorImage,
        // Read by Alloy, which has no token for it.
        metrics: { secure: false },
        podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8443' },
      },
      admissionWebhooks: { certManager: { issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' } } },
    },
    drift: {
      mode: 'enabled',
      ignore: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => ({
        paths: ['/webhooks'],
        target: { kind },
      })),
    },
  })
}
