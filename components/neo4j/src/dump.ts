import { type Grant, job, type Region, type Resource, resource, toolImages } from '@openova/core'
import { caVolume, mcCa } from './certificate.ts'
import { checkDump, restartServer } from './scripts.ts'
import { confined, mc, storeEnv } from './server.ts'
import type { Neo4JValues } from './values.ts'

const name = 'dump'

interface Dump {
  values: Neo4JValues
  region: Region
  bucket: Grant<'bucket'>
}

/** Once a day: the server is restarted, and its dump is waited for. The regions take turns, so that one of them always answers. */
export function dumpJob({ values: { dump }, region, bucket }: Dump): Resource[] {
  const store = { endpoint: bucket.endpoint, bucket: bucket.bucket, region: region.name }
  const securityContext = { ...confined, readOnlyRootFilesystem: true }
  return [
    ...account(),
    resource('batch/v1/CronJob', name, {
      workloads: [job(name, { replicas: 1, cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' })],
      spec: {
        schedule: `0 ${(dump.hour + region.ordinal - 1) % 24} * * *`,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: 2 * 3600,
            template: {
              spec: {
                serviceAccountName: name,
                restartPolicy: 'Never',
                securityContext: {
                  runAsNonRoot: true,
                  runAsUser: 1000,
                  runAsGroup: 1000,
                  fsGroup: 1000,
                  seccompProfile: { type: 'RuntimeDefault' },
                },
                initContainers: [
                  {
                    name: 'restart',
                    image: toolImages.curl,
                    command: ['/bin/sh', '-euc', restartServer],
                    securityContext,
                    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
                  },
                ],
                containers: [
                  {
                    name: 'check',
                    image: mc,
                    command: ['/bin/sh', '-euc', checkDump(store, dump.keepDays)],
                    env: storeEnv(bucket.secret),
                    securityContext,
                    volumeMounts: [{ name: 'work', mountPath: '/work' }, mcCa],
                  },
                ],
                volumes: [caVolume, { name: 'work', emptyDir: { sizeLimit: '64Mi' } }],
              },
            },
          },
        },
      },
    }),
  ]
}

/** It may restart the one pod, and nothing else. */
function account(): Resource[] {
  return [
    resource('v1/ServiceAccount', name, {}),
    resource('rbac.authorization.k8s.io/v1/Role', name, {
      rules: [{ apiGroups: [''], resources: ['pods'], resourceNames: ['neo4j-0'], verbs: ['get', 'delete'] }],
    }),
    resource('rbac.authorization.k8s.io/v1/RoleBinding', name, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'neo4j' }],
    }),
  ]
}
