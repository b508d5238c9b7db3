import { type Resource, resource } from '@openova/core'
import { clusterName } from './cluster.ts'
import type { FlinkValues } from './values.ts'

type Jobs = FlinkValues['jobs']

/** Where the operator finds the jars of our own image. */
export const jobsFolder = '/jobs'

export const usesCode = (jobs: Jobs): boolean => jobs.some(({ jar }) => jar.startsWith('file:'))

/** Where the operator fetches the other jars. */
export const jarHosts = (jobs: Jobs): string[] => [
  ...new Set(
    jobs
      .filter(({ jar }) => jar.startsWith('https:'))
      .map(({ jar }) => new URL(jar))
      .map(({ hostname, port }) => `${hostname}:${port || 443}`),
  ),
]

/** A change goes on from a savepoint. Its end leaves one too, from which a job starts in the other region if its `savepoint` says so. */
export function sessionJob({ name, jar, entryClass, args, parallelism, savepoint }: Jobs[number]): Resource {
  return resource('flink.apache.org/v1beta1/FlinkSessionJob', name, {
    spec: {
      deploymentName: clusterName,
      flinkConfiguration: { 'kubernetes.operator.job.savepoint-on-deletion': 'true' },
      job: {
        jarURI: jar,
        entryClass: entryClass || undefined,
        args,
        parallelism,
        upgradeMode: 'savepoint',
        state: 'running',
        initialSavepointPath: savepoint || undefined,
      },
    },
  })
}
