import { formatMemory, type Grant, type HelmValues, parseMemory, toolImages } from '@openova/core'
import { caVolume, mcCa } from './certificate.ts'
import { fetchDump, sendDumps, type Store, workOffline } from './scripts.ts'
import type { Neo4JValues } from './values.ts'

export const mc = toolImages.mc

interface Server {
  values: Neo4JValues
  region: string
  bucket: Grant<'bucket'>
  /** Secret with `NEO4J_AUTH`. */
  auth: string
}

/** Helm values of the one server. What needs it to stand still is done by its own pod, before it starts: the volume never has two users. */
export function serverValues({ values: { memory, storage, apoc, restore }, region, bucket, auth }: Server): HelmValues {
  const store: Store = { endpoint: bucket.endpoint, bucket: bucket.bucket, region }
  const megabytes = parseMemory(memory) / 2 ** 20
  const heap = `${Math.floor((megabytes * 3) / 8)}m`
  return {
    // The Secret is there before, by the order of the stages.
    disableLookups: true,
    neo4j: { name: 'neo4j', edition: 'community', passwordFromSecret: auth },
    image: { customImage: 'docker.io/library/neo4j:5.26.21' },
    volumes: { data: { mode: 'defaultStorageClass', defaultStorageClass: { requests: { storage } } } },
    additionalVolumes: [caVolume, { name: 'work', emptyDir: { sizeLimit: '64Mi' } }],
    services: { neo4j: { enabled: false, cleanup: { enabled: false } } },
    logInitialPassword: false,
    config: {
      'server.memory.heap.initial_size': heap,
      'server.memory.heap.max_size': heap,
      'server.memory.pagecache.size': `${Math.floor(megabytes / 4)}m`,
      'dbms.usage_report.enabled': 'false',
      ...(apoc && { 'dbms.security.procedures.unrestricted': 'apoc.*' }),
    },
    ...(apoc && { env: { NEO4J_PLUGINS: '["apoc"]' } }),
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containerSecurityContext: { allowPrivilegeEscalation: false },
    podSpec: {
      initContainers: [
        ...(restore === '' ? [] : [{ name: 'fetch', ...withStore(bucket.secret, fetchDump(store, restore)) }]),
        // Image and volumes are those of the server.
        {
          name: 'offline',
          command: ['/bin/bash', '-euc', workOffline(restore)],
          securityContext: confined,
          resources: { requests: { cpu: '0', memory: '0' }, limits: { memory: formatMemory(parseMemory(memory)) } },
        },
      ],
      containers: [{ name: 'upload', ...withStore(bucket.secret, sendDumps(store)) }],
    },
  }
}

export const confined = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }

/** A container with `mc` and the folder of the dumps; what it asks for stands at the server. */
function withStore(secret: string, script: string) {
  return {
    image: mc,
    command: ['/bin/sh', '-euc', script],
    env: storeEnv(secret),
    securityContext: { ...confined, readOnlyRootFilesystem: true },
    resources: { requests: { cpu: '0', memory: '0' }, limits: { memory: '256Mi' } },
    volumeMounts: [{ name: 'data', mountPath: '/backups', subPath: 'backups' }, { name: 'work', mountPath: '/work' }, mcCa],
  }
}

export const storeEnv = (secret: string) => [
  { name: 'HOME', value: '/work' },
  { name: 'MC_CONFIG_DIR', value: '/work/mc' },
  { name: 'ACCESS_KEY', valueFrom: { secretKeyRef: { name: secret, key: 'accessKey' } } },
  { name: 'SECRET_KEY', valueFrom: { secretKeyRef: { name: secret, key: 'secretKey' } } },
]
