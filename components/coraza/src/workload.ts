import { deployment, type Part, type Resource, resource } from '@openova/core'
import type { CorazaValues } from './values.ts'

const name = 'coraza-waf'
const labels = { 'app.kubernetes.io/name': name }

/** Where the count changes with the load, it is not written, else Flux would set it back. */
export function firewall({ replicas, memory }: CorazaValues, { scaled }: { scaled: boolean }): Resource[] {
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('apps/v1/Deployment', name, {
      annotations: { 'configmap.reloader.stakater.com/reload': name },
      workloads: [
        deployment(name, {
          at: { resources: 'spec.template.spec.containers.0.resources', ...(!scaled && { replicas: 'spec.replicas' }) },
          replicas: replicas.min,
          cpu: '100m',
          memory,
          memoryLimit: '512Mi',
          spread: 'preferred',
        }),
      ],
      spec: {
        selector: { matchLabels: labels },
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: { metadata: { labels }, spec: pod },
      },
    }),
    resource('v1/Service', name, { spec: { selector: labels, ports: [{ name: 'http', port: 8080, targetPort: 'http' }] } }),
    ...(replicas.min > 1
      ? [resource('policy/v1/PodDisruptionBudget', name, { spec: { minAvailable: 1, selector: { matchLabels: labels } } })]
      : []),
  ]
}

const health = { httpGet: { path: '/healthz', port: 'health' } }

/** The image's own start script writes into its file system and makes a certificate; nginx alone needs neither. */
const pod: Part<'apps/v1/Deployment', 'spec.template.spec'> = {
  serviceAccountName: name,
  automountServiceAccountToken: false,
  terminationGracePeriodSeconds: 60,
  securityContext: { runAsNonRoot: true, runAsUser: 101, runAsGroup: 101, seccompProfile: { type: 'RuntimeDefault' } },
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
      name: 'coraza',
      image: 'ghcr.io/coreruleset/coraza-crs:4.25.0-nginx-lts',
      command: ['nginx', '-e', '/dev/stderr', '-c', '/etc/coraza/nginx.conf', '-g', 'daemon off;'],
      ports: [
        { name: 'http', containerPort: 8080 },
        { name: 'health', containerPort: 8081 },
      ],
      startupProbe: { ...health, periodSeconds: 2, failureThreshold: 30 },
      readinessProbe: { ...health, periodSeconds: 5 },
      livenessProbe: { ...health, periodSeconds: 10 },
      // The Gateways are told first that it goes; then it ends what it has begun.
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
      volumeMounts: [
        { name: 'config', mountPath: '/etc/coraza', readOnly: true },
        { name: 'tmp', mountPath: '/tmp' },
      ],
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    },
  ],
  volumes: [
    { name: 'config', configMap: { name } },
    { name: 'tmp', emptyDir: {} },
  ],
}
