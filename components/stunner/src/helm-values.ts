import type { HelmValues } from '@openova/core'
import { turnPods } from './edge.ts'
import type { StunnerValues } from './values.ts'

/** The operator, and of what the TURN servers are made that it starts. */
export function operatorValues({ drainSeconds, credentialService }: StunnerValues): HelmValues {
  return {
    // Cilium brings the Gateway API.
    standardCrds: { enabled: false },
    logging: { operator: { format: 'json' }, dataplane: { format: 'json' }, authService: { format: 'json' } },
    stunnerGatewayOperator: {
      deployment: { securityContext: pod, container: { manager: { securityContext: container } } },
      dataplane: {
        spec: {
          terminationGracePeriodSeconds: drainSeconds,
          enableMetricsEndpoint: true,
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
          securityContext: pod,
          containerSecurityContext: container,
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: turnPods },
            },
          ],
        },
      },
    },
    stunnerAuthService: {
      enabled: credentialService,
      deployment: { container: { authService: { securityContext: { ...container, ...pod } } } },
    },
  }
}

const pod = { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } }
const container = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }
