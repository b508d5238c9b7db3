import { deployment, type Grant, ownImage, type Part, platformCa, type Resource, resource } from '@openova/core'
import { listenerLabel } from './entry.ts'
import { grpc, http, type Service } from './services.ts'
import type { FingateValues } from './values.ts'

export const settingsMap = 'settings'

export interface Secrets {
  db: Grant<'database'>
  quota: Grant<'cache'>
  topics: Grant<'topic'>
  /** Names of Secrets. */
  signing: string
  anchors: string
  manager: string
}

type Pod = Part<'apps/v1/Deployment', 'spec.template.spec'>
type Container = Part<'apps/v1/Deployment', 'spec.template.spec.containers.0'>

/** Its Deployment, and the Service by which Envoy and the others call it. */
export function workload(service: Service, { registry, tag }: FingateValues, secrets: Secrets): Resource[] {
  const { name, replicas, size } = service
  const labels = { 'app.kubernetes.io/name': name }
  const { image, annotations } = ownImage({ registry, name: `fingate-${name}`, tag })
  const called = name === 'ext-authz' || service.paths !== undefined
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('apps/v1/Deployment', name, {
      annotations: {
        ...annotations,
        'configmap.reloader.stakater.com/reload': settingsMap,
        'secret.reloader.stakater.com/reload': secretsOf(service, secrets).join(','),
      },
      workloads: [deployment(name, { ...size, replicas, spread: 'preferred' })],
      spec: {
        selector: { matchLabels: labels },
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        template: {
          metadata: {
            labels: { ...labels, ...(called && listenerLabel) },
            annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(http) },
          },
          spec: pod(service, image, secrets),
        },
      },
    }),
    resource('v1/Service', name, {
      spec: {
        selector: labels,
        ports: portsOf(service).map(({ name: port, containerPort }) => ({ name: port, port: containerPort, targetPort: port })),
      },
    }),
  ]
}

const portsOf = ({ name }: Service) => [
  { name: 'http', containerPort: http },
  ...(name === 'ext-authz' ? [{ name: 'grpc', containerPort: grpc }] : []),
]

function pod(service: Service, image: string, secrets: Secrets): Pod {
  const anchored = service.uses.includes('anchors')
  return {
    serviceAccountName: service.name,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 60,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': service.name } },
      },
    ],
    containers: [container(service, image, secrets)],
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      platformCa.volume,
      ...(anchored ? [{ name: 'anchors', secret: { secretName: secrets.anchors } }] : []),
    ],
  }
}

function container(service: Service, image: string, secrets: Secrets): Container {
  const probe = (path: string) => ({ httpGet: { path, port: 'http' } })
  return {
    name: service.name,
    image,
    ports: portsOf(service),
    envFrom: [{ configMapRef: { name: settingsMap } }],
    env: environment(service, secrets),
    startupProbe: { ...probe('/health/ready'), periodSeconds: 2, failureThreshold: 60 },
    readinessProbe: { ...probe('/health/ready'), periodSeconds: 5 },
    livenessProbe: { ...probe('/health/live'), periodSeconds: 10 },
    // Envoy is told first that it goes; then it ends what it has begun.
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      platformCa.mount,
      ...(service.uses.includes('anchors') ? [{ name: 'anchors', mountPath: '/anchors', readOnly: true }] : []),
    ],
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  }
}

/** Beside the settings, which hold no secret. */
function environment({ name, uses }: Service, { db, quota, topics, signing, manager }: Secrets) {
  const from = (variable: string, secret: string, key: string) => ({ name: variable, valueFrom: { secretKeyRef: { name: secret, key } } })
  return [
    { name: 'SERVICE', value: name },
    ...(uses.includes('database')
      ? [from('DATABASE_USERNAME', db.secret, 'username'), from('DATABASE_PASSWORD', db.secret, 'password')]
      : []),
    ...(uses.includes('quota') ? [from('QUOTA_USERNAME', quota.secret, 'username'), from('QUOTA_PASSWORD', quota.secret, 'password')] : []),
    ...(uses.includes('topics')
      ? [from('KAFKA_USERNAME', topics.secret, 'username'), from('KAFKA_PASSWORD', topics.secret, 'password')]
      : []),
    ...(uses.includes('signing') ? [from('SIGNING_KEY', signing, 'key')] : []),
    ...(uses.includes('realm') ? [from('REALM_CLIENT_SECRET', manager, 'clientSecret')] : []),
  ]
}

function secretsOf({ uses }: Service, { db, quota, topics, signing, anchors, manager }: Secrets): string[] {
  const names = { database: db.secret, quota: quota.secret, topics: topics.secret, signing, anchors, realm: manager }
  return [...uses.map((use) => names[use]), platformCa.secret]
}
