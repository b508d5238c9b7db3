/** The 26 that every region runs. */
export const mandatoryNames = [
  'opentofu',
  'crossplane',
  'cilium',
  'coraza',
  'external-dns',
  'k8gb',
  'flux',
  'gitea',
  'cert-manager',
  'external-secrets',
  'openbao',
  'trivy',
  'falco',
  'sigstore',
  'syft-grype',
  'kyverno',
  'vpa',
  'keda',
  'reloader',
  'grafana',
  'opentelemetry',
  'opensearch',
  'harbor',
  'minio',
  'velero',
  'failover-controller',
] as const

/** The 26 that a platform may choose. */
export const aLaCarteNames = [
  'cnpg',
  'ferretdb',
  'strimzi',
  'valkey',
  'clickhouse',
  'stalwart',
  'stunner',
  'livekit',
  'matrix',
  'temporal',
  'flink',
  'debezium',
  'iceberg',
  'kserve',
  'knative',
  'vllm',
  'milvus',
  'neo4j',
  'librechat',
  'bge',
  'llm-gateway',
  'nemo-guardrails',
  'langfuse',
  'keycloak',
  'openmeter',
  'litmus',
] as const

export const productNames = ['cortex', 'fingate', 'fabric', 'relay'] as const

export type ComponentName = (typeof mandatoryNames)[number] | (typeof aLaCarteNames)[number]
export type ProductName = (typeof productNames)[number]
/** What has a folder of its own in the tree: a component, or a product with its own services. */
export type UnitName = ComponentName | ProductName

/** What Flux applies, and waits for, before the next; `peer` is not waited for. */
export const stages = ['crds', 'needs', 'install', 'setup', 'config', 'peer'] as const
export type Stage = (typeof stages)[number]
/** A stage of a unit, as an edge names it. */
export type StageName = `${UnitName}/${Stage}`
