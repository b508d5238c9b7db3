import { type Resource, type Running, resource } from '@openova/core'

/**
 * One object for every workload that stays, beside it in its namespace: it says what the pods should ask for, and changes nothing.
 * All of them lie in our folder, so that no stage of another component waits for us.
 */
export function recommendations(running: readonly Running[]): Resource[] {
  return running
    .filter(({ kind }) => kind !== 'Job')
    .map(({ kind, name, namespace }) =>
      resource('autoscaling.k8s.io/v1/VerticalPodAutoscaler', name, {
        namespace,
        spec: {
          targetRef: { apiVersion: 'apps/v1', kind, name },
          updatePolicy: { updateMode: 'Off' },
          resourcePolicy: { containerPolicies: [{ containerName: '*', controlledResources: ['cpu', 'memory'] }] },
        },
      }),
    )
}
