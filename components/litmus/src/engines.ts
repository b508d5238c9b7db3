import { job, type Resource, resource } from '@openova/core'
import type { Attack } from './attacks.ts'
import { goRunner } from './experiments.ts'
import type { LitmusValues } from './values.ts'

/** Stands still until somebody sets it to `active`; the operator stops it again when it is done. */
export function engine({ name, experiment, target, env = {} }: Attack): Resource {
  return resource('litmuschaos.io/v1alpha1/ChaosEngine', name, {
    spec: {
      engineState: 'stop',
      chaosServiceAccount: name,
      defaultHealthCheck: true,
      // The logs of a run are there until the next one.
      jobCleanUpPolicy: 'retain',
      // So long an experiment that is stopped has to put things right.
      terminationGracePeriodSeconds: 120,
      appinfo: target && { appns: target.namespace, applabel: target.labels, appkind: target.kind },
      experiments: [
        {
          name: experiment,
          spec: {
            components: {
              statusCheckTimeouts: { delay: 5, timeout: 300 },
              env: Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
            },
          },
        },
      ],
    },
  })
}

/** Starts one engine in its turn; suspended until experiments are `active`. */
export function schedule(
  { name }: Attack,
  { active, window }: LitmusValues,
  { turn, ordinal }: { turn: number; ordinal: number },
): Resource {
  const minutes = 20 * turn
  const day = ordinal === 1 ? window.first : window.second
  return resource('batch/v1/CronJob', name, {
    workloads: [job(name, { replicas: 1, cpu: '10m', memory: '48Mi' })],
    spec: {
      schedule: `${minutes % 60} ${window.hour + Math.floor(minutes / 60)} * * ${day}`,
      timeZone: 'Etc/UTC',
      suspend: !active,
      concurrencyPolicy: 'Forbid',
      // Later would be in another one's turn.
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: {
          backoffLimit: 0,
          template: {
            spec: {
              serviceAccountName: scheduler,
              restartPolicy: 'Never',
              securityContext: { runAsNonRoot: true, runAsUser: 2000, runAsGroup: 2000, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  name,
                  image: goRunner,
                  command: ['kubectl', 'patch', 'chaosengine', name, '--namespace=litmus', '--type=merge'],
                  args: ['--patch={"spec":{"engineState":"active"}}'],
                  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                },
              ],
            },
          },
        },
      },
    },
  })
}

export const scheduler = 'schedule'
