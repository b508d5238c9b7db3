import type { Schema } from '../../../packages/schemas/src/index.ts'
import { boolean, integer, list, map, object, open, text } from '../shapes.ts'
import { kind, pod, podSpec } from './kind.ts'

/** Serving checks a revision by its own rules: a container needs no name, and much of a Pod's spec waits for a feature flag. */
export const knative = () => [
  kind('serving.knative.dev/v1/Service', {
    template: object({ metadata: pod('metadata'), spec: revision() }),
    traffic: list(object({ configurationName: text, latestRevision: boolean, percent: integer, revisionName: text, tag: text, url: text })),
  }),
  kind('serving.knative.dev/v1beta1/DomainMapping', {
    'ref!': object({ 'kind!': text, 'name!': text, namespace: text, apiVersion: text, group: text, address: text }),
    tls: object({ 'secretName!': text }),
  }),
]

function revision(): Schema {
  return object({
    'containers!': list(container()),
    containerConcurrency: integer,
    idleTimeoutSeconds: integer,
    responseStartTimeoutSeconds: integer,
    timeoutSeconds: integer,
    nodeSelector: map(text),
    dnsConfig: open,
    affinity: open,
    ...podSpec('automountServiceAccountToken', 'dnsPolicy', 'enableServiceLinks', 'hostAliases', 'imagePullSecrets', 'initContainers'),
    ...podSpec('priorityClassName', 'runtimeClassName', 'schedulerName', 'securityContext', 'serviceAccountName', 'tolerations'),
    ...podSpec('topologySpreadConstraints', 'volumes', 'hostIPC', 'hostNetwork', 'hostPID', 'shareProcessNamespace'),
  })
}

/** Names, and the ports of probes, are filled in. */
function container(): Schema {
  const { required: _, properties, ...rest } = pod('spec.containers.[]')
  const filledIn = ['livenessProbe', 'readinessProbe', 'startupProbe', 'ports']
  return {
    ...rest,
    properties: { ...properties, ...Object.fromEntries(filledIn.map((name) => [name, optional(properties?.[name] ?? {})])) },
  }
}

function optional(schema: Schema): Schema {
  const { required: _, properties, items, ...rest } = schema
  return {
    ...rest,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, optional(field)])) }),
    ...(items && { items: optional(items) }),
  }
}
