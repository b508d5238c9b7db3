import { deployment, type Resource, resource } from '@openova/core'
import { ports } from './config.ts'
import type { LivekitValues } from './values.ts'

const name = 'livekit'
const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name }

interface Options {
  config: string
  secrets: { keys: string; cache: string; turn: string }
}

/** The media servers. The chart has no way to a password but through a ConfigMap, so they are made without it. */
export function servers({ replicas, cpu, memory, drainSeconds }: LivekitValues, { config, secrets }: Options): Resource[] {
  const probe = { httpGet: { path: '/', port: 'http' } }
  return [
    resource('apps/v1/Deployment', name, {
      annotations: { 'secret.reloader.stakater.com/reload': Object.values(secrets).join(',') },
      workloads: [deployment(name, { replicas, cpu, memory, spread: 'preferred' })],
      spec: {
        selector: { matchLabels: labels },
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: {
            labels,
            annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(ports.metrics) },
          },
          spec: {
            automountServiceAccountToken: false,
            terminationGracePeriodSeconds: drainSeconds,
            securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: labels },
              },
            ],
            containers: [
              {
                name,
                image: 'docker.io/livekit/livekit-server:v1.13.5',
                env: [
                  fromSecret('LIVEKIT_KEYS', secrets.keys, 'keys'),
                  fromSecret('REDIS_USERNAME', secrets.cache, 'username'),
                  fromSecret('REDIS_PASSWORD', secrets.cache, 'password'),
                  fromSecret('TURN_SECRET', secrets.turn, 'secret'),
                  // Last, so that it can name the others.
                  { name: 'LIVEKIT_CONFIG', value: config },
                ],
                ports: [
                  { name: 'http', containerPort: ports.http },
                  { name: 'media', containerPort: ports.media, protocol: 'UDP' },
                  { name: 'metrics', containerPort: ports.metrics },
                ],
                startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 30 },
                readinessProbe: { ...probe, periodSeconds: 5 },
                livenessProbe: { ...probe, periodSeconds: 10, failureThreshold: 6 },
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              },
            ],
          },
        },
      },
    }),
    // STUNner reads from it which pods it may send to.
    resource('v1/Service', name, { spec: { selector: labels, ports: [{ name: 'http', port: ports.http, targetPort: 'http' }] } }),
    ...(replicas > 1
      ? [resource('policy/v1/PodDisruptionBudget', name, { spec: { maxUnavailable: 1, selector: { matchLabels: labels } } })]
      : []),
  ]
}

/** Media between the servers and STUNner, whichever side sends first. */
export function mediaPolicy(): Resource {
  const stunner = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'stunner' } }
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'media', {
    spec: {
      endpointSelector: { matchLabels: labels },
      ingress: [{ fromEndpoints: [stunner], toPorts: [{ ports: [{ port: String(ports.media), protocol: 'UDP' }] }] }],
      egress: [{ toEndpoints: [stunner], toPorts: [{ ports: [{ port: '1024', endPort: 65535, protocol: 'UDP' }] }] }],
    },
  })
}

const fromSecret = (variable: string, secret: string, key: string) => ({
  name: variable,
  valueFrom: { secretKeyRef: { name: secret, key } },
})
