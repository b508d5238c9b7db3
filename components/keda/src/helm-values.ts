import type { HelmValues } from '@openova/core'
import type { KedaValues } from './values.ts'

export function kedaValues({ replicas, logLevel }: KedaValues): HelmValues {
  const level = { level: logLevel, format: 'json' }
  return {
    crds: { install: true },
    image: { pullPolicy: 'IfNotPresent' },
    // Deployments and StatefulSets it may scale anyway; the default adds every other kind there is.
    rbac: { enabledCustomScaledRefKinds: false },
    // A webhook that is down must not stop anybody from coming up.
    webhooks: { failurePolicy: 'Ignore' },
    prometheus: { operator: { enabled: true }, metricServer: { enabled: true }, webhooks: { enabled: true } },
    logging: { operator: level, webhooks: level },
    ...(replicas > 1 && {
      podDisruptionBudget: Object.fromEntries(['operator', 'metricServer', 'webhooks'].map((part) => [part, { minAvailable: 1 }])),
      topologySpreadConstraints: {
        operator: spread('keda-operator'),
        metricsServer: spread('keda-operator-metrics-apiserver'),
        webhooks: spread('keda-admission-webhooks'),
      },
    }),
  }
}

const spread = (app: string) => [
  {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { app } },
  },
]
