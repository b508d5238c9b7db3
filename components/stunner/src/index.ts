import { defineComponent, deployment, generate, release, secret, template } from '@openova/core'
import { mediaPolicy, turnPorts } from './edge.ts'
import { turnGateway } from './gateway.ts'
import { operatorValues } from './helm-values.ts'
import { values } from './values.ts'

export type { StunnerValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** TURN for video calls: clients reach LiveKit through it, on the addresses of the nodes, by UDP or TLS. */
export default defineComponent({
  name: 'stunner',
  tier: 'a-la-carte',
  category: 'communication',
  namespace: 'stunner',
  values,

  provides: { 'stunner.l7mp.io': 'install' },
  // Node addresses are Cilium's to give; the certificate comes from an issuer that cert-manager makes last.
  after: { config: ['cilium/setup', 'cert-manager/config'] },
  network: ({ values: { tls } }) => ({
    apiServer: true,
    metrics: [8080],
    world: [{ port: turnPorts.udp, protocol: 'UDP' as const }, ...(tls ? [{ port: turnPorts.tls, protocol: 'TCP' as const }] : [])],
  }),
  metrics: [
    {
      name: 'Calls that pass through TURN',
      expr: 'sum by (pod) (stunner_allocations_active)',
      unit: 'allocations',
      for: '5m',
      action: 'One server with all of them: clients come from one address, which always meets the same server.',
    },
    {
      name: 'TURN servers away',
      expr: 'absent(stunner_allocations_active{namespace="stunner"})',
      unit: 'servers',
      above: 0,
      for: '5m',
      action:
        'Look at the Deployment `turn` and at the Gateway `turn` in namespace stunner; `kubectl describe gateway` says why the operator made none.',
    },
    {
      name: 'Packets that come in but do not reach LiveKit',
      expr: 'sum(rate(stunner_listener_packets_total{direction="rx"}[5m])) - sum(rate(stunner_cluster_packets_total{direction="tx"}[5m]))',
      unit: 'packets/s',
      for: '10m',
      action: 'Requests without a permission end here: look at the UDPRoute `livekit`, and at `hubble observe --verdict DROPPED`.',
    },
  ],
  privileges: [
    {
      role: 'stunner-gateway-operator-manager-role',
      reason:
        'It makes a Deployment and a Service beside each Gateway, and reads the Secrets with credentials and certificates that they name.',
    },
  ],

  needs: {
    // The same in both regions, so that a client can go on in the other one.
    auth: secret('auth', { type: template('ephemeral'), secret: generate(48) }, { scope: 'shared' }),
  },

  check: ({ has }) => [
    !has('livekit') && {
      at: 'replicas',
      severity: 'warning',
      message: 'Unexpected TURN servers without livekit, expected an app to which they lead: every call is refused',
      fix: 'choose livekit, or take stunner out',
    },
  ],

  before: ({ has }) => [has('livekit') && mediaPolicy()],
  releases: ({ values }) => [
    release('stunner', {
      chart: { name: 'stunner', repository: 'https://l7mp.io/stunner', version: '1.2.0' },
      workloads: [
        deployment('stunner-gateway-operator-controller-manager', {
          at: {
            replicas: 'stunnerGatewayOperator.deployment.replicas',
            resources: 'stunnerGatewayOperator.deployment.container.manager.resources',
          },
          replicas: 1,
          cpu: '100m',
          memory: '128Mi',
          memoryLimit: '512Mi',
        }),
        // Made by the operator from what the chart writes for it.
        deployment('turn', {
          at: 'stunnerGatewayOperator.dataplane.spec',
          replicas: values.replicas,
          cpu: values.cpu,
          memory: values.memory,
          spread: 'preferred',
        }),
        values.credentialService &&
          deployment('stunner-auth', {
            at: {
              replicas: 'stunnerAuthService.deployment.replicas',
              resources: 'stunnerAuthService.deployment.container.authService.resources',
            },
            replicas: 1,
            cpu: '10m',
            memory: '64Mi',
          }),
      ],
      values: operatorValues(values),
    }),
  ],
  config: ({ values, platform, region, has, granted: { auth } }) =>
    turnGateway(values, { platform, region, auth: auth.secret, livekit: has('livekit') }),
})
