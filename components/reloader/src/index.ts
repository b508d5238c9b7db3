import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { ReloaderValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Restarts a workload when a ConfigMap or Secret changes that it reads only at its start: a certificate, a rotated password. */
export default defineComponent({
  name: 'reloader',
  tier: 'mandatory',
  category: 'operations',
  budget: 'operations',
  namespace: 'reloader',
  values,

  network: { apiServer: true, metrics: [9090] },
  metrics: [
    {
      name: 'Restarts that failed',
      expr: 'sum(increase(reloader_reload_executed_total{success="false"}[15m]))',
      unit: 'restarts',
      above: 0,
      for: '5m',
      action: 'A workload runs on with an old certificate or password: the log of reloader names it; run `kubectl rollout restart` on it.',
    },
    {
      name: 'Restarts',
      expr: 'sum(increase(reloader_reload_executed_total{success="true"}[1h]))',
      unit: 'restarts',
      above: 60,
      for: '1h',
      action: 'Something rewrites a Secret or ConfigMap over and over: the log of reloader names it.',
    },
  ],
  privileges: [
    {
      role: 'reloader-reloader-role',
      reason: 'It reads the Secrets and ConfigMaps of all namespaces to see that they change, and restarts the workloads that use them.',
    },
  ],

  releases: ({ values: { replicas, ignoreNamespaces, reloadAll } }) => [
    release('reloader', {
      chart: { name: 'reloader', repository: 'https://stakater.github.io/stakater-charts', version: '2.2.16' },
      workloads: [
        deployment('reloader-reloader', {
          at: 'reloader.deployment',
          replicas,
          cpu: '10m',
          memory: '80Mi',
          memoryLimit: '256Mi',
          spread: 'preferred',
        }),
      ],
      values: {
        reloader: {
          autoReloadAll: reloadAll,
          ignoreNamespaces: ignoreNamespaces.join(','),
          // Jobs are repeated by Flux, when what they do has changed.
          ignoreJobs: true,
          ignoreCronJobs: true,
          // An annotation of the pods, where the default is a variable in a container that Flux would take out again.
          reloadStrategy: 'annotations',
          logFormat: 'json',
          readOnlyRootFileSystem: true,
          enableHA: replicas > 1,
          podDisruptionBudget: replicas > 1 ? { enabled: true, minAvailable: 1 } : { enabled: false },
          deployment: {
            containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        },
      },
    }),
  ],
})
