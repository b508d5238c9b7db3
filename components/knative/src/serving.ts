import { deployment, type Resource, resource, type Workload } from '@openova/core'
import { gatewayName, gatewayNamespace } from './gateway.ts'
import type { KnativeValues } from './values.ts'

interface Part {
  name: string
  /** Its container, where that has another name. */
  container?: string
  cpu: string
  memory: string
}
const parts: readonly Part[] = [
  { name: 'activator', cpu: '100m', memory: '64Mi' },
  { name: 'autoscaler', cpu: '50m', memory: '64Mi' },
  { name: 'autoscaler-hpa', cpu: '10m', memory: '40Mi' },
  { name: 'controller', cpu: '50m', memory: '96Mi' },
  { name: 'webhook', cpu: '50m', memory: '64Mi' },
  { name: 'net-gateway-api-controller', container: 'controller', cpu: '50m', memory: '64Mi' },
  { name: 'net-gateway-api-webhook', container: 'webhook', cpu: '10m', memory: '32Mi' },
]

/** Knative Serving as the operator installs it; no service is shown to the world. */
export function serving({ replicas, scaleToZero, registries }: KnativeValues, { registry }: { registry: string }): Resource {
  const gateway = `- class: cilium
  gateway: ${gatewayNamespace}/${gatewayName}
  service: ${gatewayNamespace}/cilium-gateway-${gatewayName}
  supported-features:
    - HTTPRouteRequestTimeout
`
  return resource('operator.knative.dev/v1beta1/KnativeServing', 'knative-serving', {
    workloads: parts.map((part, index) => workloadOf(part, index, replicas)),
    spec: {
      version: '1.23.0',
      'high-availability': { replicas },
      ingress: { 'gateway-api': { enabled: true } },
      config: {
        network: { 'ingress-class': 'gateway-api.ingress.networking.knative.dev' },
        gateway: { 'external-gateways': gateway, 'local-gateways': gateway },
        domain: { 'svc.cluster.local': '' },
        autoscaler: {
          'enable-scale-to-zero': String(scaleToZero.enabled),
          'scale-to-zero-grace-period': scaleToZero.gracePeriod,
          'stable-window': scaleToZero.window,
        },
        deployment: { 'registries-skipping-tag-resolving': [registry, ...registries].join(',') },
        // What pods of models say of their nodes; without these the webhook refuses them.
        features: {
          'kubernetes.podspec-affinity': 'enabled',
          'kubernetes.podspec-init-containers': 'enabled',
          'kubernetes.podspec-nodeselector': 'enabled',
          'kubernetes.podspec-runtimeclassname': 'enabled',
          'kubernetes.podspec-securitycontext': 'enabled',
          'kubernetes.podspec-tolerations': 'enabled',
          'secure-pod-defaults': 'enabled',
        },
        observability: { 'metrics-protocol': 'prometheus' },
      },
      // Four of five of a single pod is that pod, and its node could not be drained.
      podDisruptionBudgets: replicas === 1 ? ['activator-pdb', 'webhook-pdb'].map((name) => ({ name, minAvailable: 0 })) : undefined,
      workloads: parts.map(({ name, container = name }) => ({
        name,
        annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' },
        resources: [{ container }],
      })),
    },
  })
}

function workloadOf({ name, cpu, memory }: Part, index: number, replicas: number): Workload {
  // The operator has one number for all of them.
  return deployment(name, {
    at: { resources: `spec.workloads.${index}.resources.0` },
    replicas,
    cpu,
    memory,
    memoryLimit: '512Mi',
    spread: 'preferred',
  })
}
