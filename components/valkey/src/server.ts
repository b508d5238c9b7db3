import { type ClaimOf, type Endpoint, formatMemory, parseMemory, type Release, release, statefulSet } from '@openova/core'
import { permissions, replicationUser, usersSecret } from './users.ts'
import type { ValkeyValues } from './values.ts'

interface Options {
  claims: readonly ClaimOf<'cache'>[]
  /** Service of the server in the other region that it follows. */
  follows?: string | undefined
  /** Whether some of its passwords come from the other region, so that nobody may wait for its pods. */
  late?: boolean
  /** Lists whose lengths the exporter tells. */
  queues?: string | undefined
}

/** One server writes, the one whose pod ends in -0; the chart never lets another one. */
export const writerOf = (name: string): Endpoint => ({
  selector: { 'app.kubernetes.io/name': 'valkey', 'app.kubernetes.io/instance': name, 'statefulset.kubernetes.io/pod-name': `${name}-0` },
  ports: [{ name: 'valkey', port: 6379 }],
})

export function server(
  name: 'valkey' | 'valkey-cache',
  { followers, memory, storage }: ValkeyValues['cache'],
  { claims, follows, late = false, queues }: Options,
): Release {
  // A single stream comes from the other region. The set stays a StatefulSet there, so that a switch finds the volume of the first server.
  const further = follows === undefined ? followers : 0
  return release(name, {
    chart: { name: 'valkey', repository: 'https://valkey.io/valkey-helm/', version: '0.11.0' },
    workloads: [
      statefulSet(name, {
        at: { resources: 'resources' },
        replicas: further + 1,
        cpu: '50m',
        memory: formatMemory(parseMemory(memory) + exporterMemory),
        // To write its volume anew it forks, and every page that changes meanwhile is there twice.
        memoryLimit: formatMemory(2 * parseMemory(memory) + exporterMemory),
        volume: storage,
        spread: 'preferred',
      }),
    ],
    values: {
      image: { tag: '9.1.1' },
      workloadAnnotations: { 'reloader.stakater.com/auto': 'true' },
      podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9121' },
      initResources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                topologyKey: 'kubernetes.io/hostname',
                labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'valkey', 'app.kubernetes.io/instance': name } },
              },
            },
          ],
        },
      },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      auth: {
        enabled: true,
        usersExistingSecret: usersSecret(name),
        aclUsers: permissions(claims),
        // The chart's own probe takes any answer for a good one, also that the data is still being loaded.
        aclConfig: `user ${probe} on nopass +ping\n`,
      },
      readinessProbe: { enabled: true, customProbe: { ...asks, periodSeconds: 5, failureThreshold: 3 } },
      replica: {
        enabled: true,
        replicas: further,
        replicationUser,
        persistence: { size: storage },
        service: { enabled: false },
      },
      valkeyConfig: [
        `maxmemory ${parseMemory(memory)}`,
        'maxmemory-policy noeviction',
        'appendonly yes',
        ...(follows === undefined ? [] : [`replicaof ${follows}.valkey.svc 6379`, `include ${masterAuth}/replication.conf`]),
        '',
      ].join('\n'),
      ...(follows !== undefined && { extraValkeySecrets: [{ name: 'replication', mountPath: masterAuth }] }),
      metrics: {
        enabled: true,
        service: { enabled: false },
        exporter: {
          // Its request stands at the server.
          resources: { requests: { cpu: '0', memory: '0' }, limits: { memory: '64Mi' } },
          ...(queues !== undefined && { extraEnvs: { REDIS_EXPORTER_CHECK_KEYS: queues } }),
          securityContext: {
            runAsNonRoot: true,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      },
    },
    ...(late && { disableWait: true }),
    keep: true,
  })
}

const exporterMemory = parseMemory('32Mi')
const masterAuth = '/etc/valkey-replication'

const probe = 'probe'
const ping = `valkey-cli --no-auth-warning --user ${probe} --pass ${probe} ping`
const asks = { exec: { command: ['sh', '-c', `test "$(${ping})" = PONG`] }, timeoutSeconds: 3 }
