import { type Resource, resource } from '@openova/core'
import { collector } from './collector.ts'
import type { OpentelemetryValues } from './values.ts'

const account = 'siem'
const caSecret = 'internal-ca'

interface Reports {
  group: string
  names: readonly string[]
  /** Sent again in full that often; Trivy makes its reports anew every day by itself. */
  resend?: string
}

/** Kubernetes objects that are security events, by the source as whose they are known. */
const sourcesOf = ({ resend }: OpentelemetryValues['siem']): Readonly<Record<string, Reports>> => ({
  trivy: {
    group: 'aquasecurity.github.io',
    names: ['vulnerabilityreports', 'exposedsecretreports', 'configauditreports', 'rbacassessmentreports'],
  },
  kyverno: { group: 'wgpolicyk8s.io', names: ['policyreports', 'clusterpolicyreports'], resend },
})

/** Watches reports of Trivy and Kyverno, and writes each to this region's OpenSearch. One pod: two would write everything twice. */
export function siemCollector(values: OpentelemetryValues['siem'], { region, password }: { region: string; password: string }): Resource {
  const sources = Object.entries(sourcesOf(values))
  return collector('siem', {
    replicas: 1,
    memory: values.memory,
    receivers: Object.fromEntries(sources.map(([source, reports]) => [`k8sobjects/${source}`, { objects: objectsOf(reports) }])),
    processors: { transform: { error_mode: 'ignore', log_statements: asDocument(region) } },
    exporters: Object.fromEntries(sources.map(([source]) => [`opensearch/${source}`, openSearch(`siem-${region}-${source}`)])),
    extensions: { basicauth: { client_auth: { username: 'ingest', password: '${env:OPENSEARCH_PASSWORD}' } } },
    pipelines: Object.fromEntries(
      sources.map(([source]) => [
        `logs/${source}`,
        { receivers: [`k8sobjects/${source}`], processors: ['memory_limiter', 'transform'], exporters: [`opensearch/${source}`] },
      ]),
    ),
    pod: {
      serviceAccount: account,
      env: [{ name: 'OPENSEARCH_PASSWORD', valueFrom: { secretKeyRef: { name: password, key: 'password' } } }],
      volumes: [{ name: 'ca', secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
      volumeMounts: [{ name: 'ca', mountPath: '/etc/internal-ca', readOnly: true }],
    },
  })
}

/** It may read the reports, and nothing else. */
export function siemAccount(values: OpentelemetryValues['siem']): Resource[] {
  const rules = Object.values(sourcesOf(values)).map(({ group, names }) => ({
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

/** OpenSearch's certificate is from the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
export function internalCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['siem-collector.opentelemetry.svc'],
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}

function objectsOf({ group, names, resend }: Reports) {
  return names.flatMap((name) => [
    { name, group, mode: 'watch', exclude_watch_type: ['DELETED'] },
    ...(resend === undefined ? [] : [{ name, group, mode: 'pull', interval: resend }]),
  ])
}

/** The object itself is the document, less what only Kubernetes reads: keys of labels hold dots, which OpenSearch would take for structure. */
const asDocument = (region: string) => [
  'set(log.body, log.body["object"]) where log.body["object"] != nil',
  'set(log.body["workload"], log.body["metadata"]["labels"]["trivy-operator.resource.name"])',
  'set(log.body["container"], log.body["metadata"]["labels"]["trivy-operator.container.name"])',
  'keep_keys(log.body["metadata"], ["name", "namespace"])',
  `set(log.body["region"], "${region}")`,
  'set(log.body["@timestamp"], FormatTime(Now(), "%Y-%m-%dT%H:%M:%SZ"))',
]

/** It tries for as long as OpenSearch is away; what waits is in memory. */
const openSearch = (index: string) => ({
  http: {
    endpoint: 'https://opensearch.opensearch.svc:9200',
    auth: { authenticator: 'basicauth' },
    tls: { ca_file: '/etc/internal-ca/ca.crt' },
  },
  logs_index: index,
  logs_index_time_format: 'yyyy.MM.dd',
  mapping: { mode: 'bodymap' },
  retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
  sending_queue: { enabled: true, queue_size: 1000 },
})
