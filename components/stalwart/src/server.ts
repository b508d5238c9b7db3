import { type Grant, type Part, platformCa, type Resource, resource, secretEnv, statefulSet } from '@openova/core'
import { fingerprint, httpPort, labels, listeners, metricsPort, name, tlsPath, tlsSecret } from './names.ts'
import type { StalwartValues } from './values.ts'

export const image = 'ghcr.io/stalwartlabs/stalwart:v0.16.18'
const config = 'server'

type Pod = Part<'apps/v1/StatefulSet', 'spec.template.spec'>
type Container = NonNullable<Pod['containers']>[number]
export type Env = Readonly<Record<string, { secret: string; key: string }>>

/** All that a server reads from a file: where its database is. */
export function databaseConfig(db: Grant<'database'>): Resource {
  const store = {
    '@type': 'PostgreSql',
    host: db.host,
    port: db.port,
    database: db.database,
    authUsername: db.username,
    authSecret: { '@type': 'EnvironmentVariable', variableName: 'DB_PASSWORD' },
    useTls: true,
    allowInvalidCerts: false,
  }
  return resource('v1/ConfigMap', config, { data: { 'config.json': `${JSON.stringify(store, undefined, 2)}\n` } })
}

interface Options {
  replicas: number
  url: string
  env: Env
  /** Changes whenever the plan does: what it says of stores and ports is read at the start. */
  plan: string
}

/** The mail servers; what they know lies in the database, messages in the bucket. */
export function servers({ cpu, memory }: StalwartValues, { replicas, url, env, plan }: Options): Resource[] {
  return [
    resource('apps/v1/StatefulSet', name, {
      // A renewed certificate is read at the start too.
      annotations: { 'secret.reloader.stakater.com/reload': tlsSecret },
      workloads: [statefulSet(name, { replicas, cpu, memory, spread: 'preferred' })],
      spec: {
        serviceName: name,
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: labels },
        template: {
          metadata: {
            labels,
            annotations: {
              'openova.io/plan': fingerprint(plan),
              'prometheus.io/scrape': 'true',
              'prometheus.io/port': String(metricsPort),
              'prometheus.io/path': '/metrics/prometheus',
            },
          },
          spec: {
            ...podBase,
            terminationGracePeriodSeconds: 60,
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: labels },
              },
            ],
            initContainers: [trust],
            containers: [
              {
                ...server(env),
                env: [...secretEnv(env), ...commonEnv, { name: 'STALWART_PUBLIC_URL', value: url }],
                ports: [
                  { name: 'http', containerPort: httpPort },
                  { name: 'metrics', containerPort: metricsPort },
                  ...listeners.map((listener) => ({ name: listener.name, containerPort: listener.own })),
                ],
                startupProbe: { httpGet: { path: '/healthz/live', port: 'http' }, periodSeconds: 5, failureThreshold: 60 },
                livenessProbe: { httpGet: { path: '/healthz/live', port: 'http' }, periodSeconds: 20, failureThreshold: 3 },
                readinessProbe: { httpGet: { path: '/healthz/ready', port: 'http' }, periodSeconds: 10 },
              },
            ],
          },
        },
      },
    }),
    resource('v1/Service', name, {
      spec: {
        selector: labels,
        ports: [
          { name: 'http', port: httpPort, targetPort: 'http' },
          ...listeners.map((listener) => ({ name: listener.name, port: listener.port, targetPort: listener.name })),
        ],
      },
    }),
    ...(replicas > 1
      ? [resource('policy/v1/PodDisruptionBudget', name, { spec: { minAvailable: 1, selector: { matchLabels: labels } } })]
      : []),
  ]
}

/** The server's own container, wherever it runs. */
export function server(env: Env): Container {
  return {
    name,
    image,
    env: [...secretEnv(env), ...commonEnv],
    // Its binary may open low ports, and cannot be started where that is forbidden.
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/stalwart', readOnly: true },
      { name: 'tls', mountPath: tlsPath, readOnly: true },
      { name: 'trust', mountPath: '/trust', readOnly: true },
      { name: 'work', mountPath: '/tmp', subPath: 'tmp' },
      { name: 'work', mountPath: '/var/lib/stalwart', subPath: 'data' },
    ],
  }
}

const commonEnv = [{ name: 'SSL_CERT_FILE', value: '/trust/ca.crt' }]

/** The database and MinIO are known by the platform CA, everybody else by those of the image. */
export const trust: Container = {
  name: 'trust',
  image,
  command: ['/bin/sh', '-euc', `cat /etc/ssl/certs/ca-certificates.crt ${platformCa.file} > /trust/ca.crt`],
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  volumeMounts: [platformCa.mount, { name: 'trust', mountPath: '/trust' }],
}

export const podBase: Pick<Pod, 'automountServiceAccountToken' | 'securityContext' | 'volumes'> = {
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 2000, runAsGroup: 2000, fsGroup: 2000, seccompProfile: { type: 'RuntimeDefault' } },
  volumes: [
    { name: 'config', configMap: { name: config } },
    { name: 'tls', secret: { secretName: tlsSecret } },
    platformCa.volume,
    { name: 'trust', emptyDir: { sizeLimit: '4Mi' } },
    { name: 'work', emptyDir: { sizeLimit: '2Gi' } },
  ],
}
