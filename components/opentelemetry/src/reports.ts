import { type Resource, resource } from '@openova/core'
import type { OpentelemetryValues } from './values.ts'

export const account = 'siem'

interface Reports {
  group: string
  names: readonly string[]
  /** Sent again in full that often; Trivy makes its reports anew every day by itself. */
  resend?: string
}

/** Kubernetes objects that are security events, by the source as whose they are known. */
export const reportsOf = ({ resend }: OpentelemetryValues['siem']): Readonly<Record<string, Reports>> => ({
  trivy: {
    group: 'aquasecurity.github.io',
    names: ['vulnerabilityreports', 'exposedsecretreports', 'configauditreports', 'rbacassessmentreports'],
  },
  kyverno: { group: 'wgpolicyk8s.io', names: ['policyreports', 'clusterpolicyreports'], resend },
})

/** What a collector watches of them. */
export const watched = ({ group, names, resend }: Reports) => ({
  objects: names.flatMap((name) => [
    { name, group, mode: 'watch', exclude_watch_type: ['DELETED'] },
    ...(resend === undefined ? [] : [{ name, group, mode: 'pull', interval: resend }]),
  ]),
})

/** It may read the reports, and nothing else. */
export function siemAccount(values: OpentelemetryValues['siem']): Resource[] {
  const rules = Object.values(reportsOf(values)).map(({ group, names }) => ({
    apiGroups: [group],
    resources: names,
    verbs: ['get', 'list', 'watch'],
  }))
  const name = 'opentelemetry-siem'
  return [
    resource('v1/ServiceAccount', account, {}),
    resource('rbac.authorization.k8s.io/v1/ClusterRole', name, { rules }),
    resource('rbac.authorization.k8s.io/v1/ClusterRoleBinding', name, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'opentelemetry' }],
    }),
  ]
}

/** The object itself is the document, less what only Kubernetes reads: keys of labels hold dots, which OpenSearch would take for structure. */
export const asDocument = (region: string) => [
  'set(log.body, log.body["object"]) where log.body["object"] != nil',
  'set(log.body["workload"], log.body["metadata"]["labels"]["trivy-operator.resource.name"])',
  'set(log.body["container"], log.body["metadata"]["labels"]["trivy-operator.container.name"])',
  'keep_keys(log.body["metadata"], ["name", "namespace"])',
  ...stamped(region),
]

/** Whose event it is, and when it came. */
export const stamped = (region: string) => [
  `set(log.body["region"], "${region}")`,
  'set(log.body["@timestamp"], FormatTime(Now(), "%Y-%m-%dT%H:%M:%SZ"))',
]
