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
  const { required: _, ...container } = pod('spec.containers.[]')
  return object({
    'containers!': list(container),
    containerConcurrency: integer,
    idleTimeoutSeconds: integer,
    responseStartTimeoutSeconds: integer,
    timeoutSeconds: integer,
    nodeSelector: map(text),
    dnsConfig: open,
    affinity: open,
    ...podSpec('automountServiceAccountToken', 'dnsPolicy', 'enableServiceLinks', 'hostAliases', 'imagePullSecrets', 'initContainers'),
    ...podSpec('priorityClassName', 'runtimeClassName', 'schedulerName', 'securityContext', 'serviceAccountName', 'tolerations'),
    ...podSpec('topologySpreadConstraints', 'volumes', 'hostNetwork', 'shareProcessNamespace'),
  })
}
