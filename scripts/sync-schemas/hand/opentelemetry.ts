import type { Schema } from '../../../packages/schemas/src/index.ts'
import { boolean, integer, intOrString, list, map, object, oneOf, open, text } from '../shapes.ts'
import { container, kind, pod, podSpec } from './kind.ts'

/** Of the operator's long types: everything about the collector itself, and about instrumentation. */
export const opentelemetry = () => [
  kind('opentelemetry.io/v1beta1/OpenTelemetryCollector', {
    'config!': collectorConfig(),
    mode: oneOf('daemonset', 'deployment', 'sidecar', 'statefulset'),
    managementState: oneOf('managed', 'unmanaged'),
    upgradeStrategy: oneOf('automatic', 'none'),
    configVersions: integer,
    replicas: integer,
    args: map(text),
    autoscaler: open,
    configmaps: list(object({ 'name!': text, 'mountpath!': text })),
    daemonSetUpdateStrategy: open,
    deploymentUpdateStrategy: open,
    additionalContainers: pod('spec.containers'),
    httpRoute: object({ 'enabled!': boolean, 'gateway!': text, gatewayNamespace: text, hostnames: list(text) }),
    ingress: open,
    ipFamilies: list(text),
    ipFamilyPolicy: text,
    networkPolicy: object({ enabled: boolean }),
    observability: object({ metrics: open }),
    persistentVolumeClaimRetentionPolicy: object({ whenDeleted: text, whenScaled: text }),
    podAnnotations: map(text),
    podDisruptionBudget: object({ maxUnavailable: intOrString, minAvailable: intOrString }),
    podDnsConfig: pod('spec.dnsConfig'),
    podManagementPolicy: oneOf('OrderedReady', 'Parallel'),
    podSecurityContext: pod('spec.securityContext'),
    ports: list(
      object({
        name: text,
        'port!': integer,
        protocol: text,
        targetPort: intOrString,
        nodePort: integer,
        hostPort: integer,
        appProtocol: text,
      }),
    ),
    serviceAccount: text,
    serviceName: text,
    sessionAffinity: text,
    sessionAffinityConfig: open,
    targetAllocator: open,
    trafficDistribution: text,
    volumeClaimTemplates: list(open),
    ...podSpec('affinity', 'dnsPolicy', 'hostAliases', 'hostNetwork', 'hostPID', 'hostUsers', 'initContainers', 'nodeSelector'),
    ...podSpec('priorityClassName', 'shareProcessNamespace', 'terminationGracePeriodSeconds', 'tolerations', 'topologySpreadConstraints'),
    ...podSpec('volumes'),
    ...container('command', 'env', 'envFrom', 'image', 'imagePullPolicy', 'lifecycle', 'livenessProbe', 'readinessProbe'),
    ...container('resources', 'securityContext', 'startupProbe', 'volumeMounts'),
  }),
  kind('opentelemetry.io/v1alpha1/Instrumentation', {
    exporter: object({
      endpoint: text,
      tls: object({ ca_file: text, cert_file: text, key_file: text, configMapName: text, secretName: text }),
    }),
    env: container('env').env ?? {},
    propagators: list(oneOf('tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger', 'xray', 'ottrace', 'none')),
    sampler: object({
      type: oneOf(
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
        'jaeger_remote',
        'xray',
      ),
      argument: text,
    }),
    resource: object({ addK8sUIDAttributes: boolean, resourceAttributes: map(text) }),
    defaults: object({ useLabelsForResourceAttributes: boolean }),
    imagePullPolicy: text,
    initContainerSecurityContext: container('securityContext').securityContext ?? {},
    java: object({ ...language(), ...container('resources'), extensions: list(object({ 'dir!': text, 'image!': text })) }),
    nodejs: object({ ...language(), resourceRequirements: resources() }),
    python: object({ ...language(), resourceRequirements: resources() }),
    dotnet: object({ ...language(), resourceRequirements: resources() }),
    go: object({ ...language(), ...container('securityContext'), resourceRequirements: resources() }),
    apacheHttpd: open,
    nginx: open,
  }),
]

const resources = (): Schema => container('resources').resources ?? {}

const language = () => ({ ...container('env', 'image'), volumeClaimTemplate: open, volumeLimitSize: intOrString })

function collectorConfig(): Schema {
  const pipeline = object({ exporters: list(text), processors: list(text), receivers: list(text) })
  return object({
    'receivers!': open,
    'exporters!': open,
    processors: open,
    connectors: open,
    extensions: open,
    'service!': object({ extensions: list(text), telemetry: open, 'pipelines!': map(pipeline) }),
  })
}
