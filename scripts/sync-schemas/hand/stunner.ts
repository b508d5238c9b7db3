import { boolean, integer, list, map, object, oneOf, text } from '../shapes.ts'
import { container, kind, podSpec } from './kind.ts'

const port = { ...integer, minimum: 1, maximum: 65535 }

export const stunner = () => [
  kind('stunner.l7mp.io/v1/GatewayConfig', {
    realm: { ...text, default: 'stunner.l7mp.io' },
    authType: { ...text, default: 'plaintext', pattern: '^(plaintext|static|longterm|ephemeral|timewindowed)$' },
    authRef: object({ group: text, kind: { ...text, default: 'Secret' }, 'name!': text, namespace: text }),
    userName: text,
    password: text,
    sharedSecret: text,
    authLifetime: integer,
    dataplane: { ...text, default: 'default' },
    loadBalancerServiceAnnotations: map(text),
    logLevel: text,
    stunMode: boolean,
    userQuota: integer,
  }),
  kind('stunner.l7mp.io/v1/UDPRoute', {
    parentRefs: {
      ...list(object({ group: text, kind: text, 'name!': text, namespace: text, port, sectionName: text })),
      maxItems: 32,
    },
    'rules!': {
      ...list(object({ backendRefs: list(object({ group: text, kind: text, 'name!': text, namespace: text, port, endPort: port })) })),
      minItems: 1,
      maxItems: 16,
    },
  }),
  kind('stunner.l7mp.io/v1/StaticService', { 'prefixes!': list(text) }),
  kind('stunner.l7mp.io/v1/Dataplane', {
    ...podSpec('affinity', 'hostNetwork', 'imagePullSecrets', 'securityContext', 'terminationGracePeriodSeconds'),
    ...podSpec('tolerations', 'topologySpreadConstraints'),
    ...container('args', 'command', 'env', 'envFrom', 'image', 'imagePullPolicy', 'resources'),
    containerSecurityContext: container('securityContext').securityContext ?? {},
    annotations: map(text),
    labels: map(text),
    dataplaneResource: oneOf('Deployment', 'DaemonSet'),
    disableHealthCheck: boolean,
    enableMetricsEndpoint: boolean,
    offloadEngine: text,
    offloadInterfaces: list(text),
    replicas: integer,
  }),
]
