import { type Resource, resource } from '@openova/core'
import type { Experiment } from './attacks.ts'
import { linkLoss, nodeLoss, podLoss } from './scripts.ts'

export const version = '3.28.0'
/** Litmus' own experiments, and the tools for ours. */
export const goRunner = `docker.io/litmuschaos/go-runner:${version}`

/** Of Litmus: one pod of a workload, killed once; well when all of its pods are ready again. */
const podDelete = 'exec ./experiments -name pod-delete'

const definitions: Readonly<Record<Experiment, { script: string; env?: Readonly<Record<string, string>> }>> = {
  'pod-delete': { script: podDelete, env: { TOTAL_CHAOS_DURATION: '30', CHAOS_INTERVAL: '30', FORCE: 'true', SEQUENCE: 'serial' } },
  'pod-loss': { script: podLoss },
  'node-loss': { script: nodeLoss },
  'link-loss': { script: linkLoss },
}

/** What can be done; what it is done to stands in the engines. */
export function experiments(used: readonly Experiment[]): Resource[] {
  return [...new Set(used)].map((name) => {
    const { script, env = {} } = definitions[name]
    return resource('litmuschaos.io/v1alpha1/ChaosExperiment', name, {
      spec: {
        definition: {
          scope: name === 'node-loss' ? 'Cluster' : 'Namespaced',
          image: goRunner,
          imagePullPolicy: 'IfNotPresent',
          command: ['/bin/bash'],
          args: ['-euc', script],
          env: Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
          labels: { name, 'app.kubernetes.io/part-of': 'litmus' },
          // The operator's runner has it from here, too.
          securityContext: {
            podSecurityContext: {
              runAsNonRoot: true,
              runAsUser: 2000,
              runAsGroup: 2000,
              fsGroup: 2000,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        },
      },
    })
  })
}
