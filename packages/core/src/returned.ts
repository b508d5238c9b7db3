import type { Kinds } from './kinds.ts'
import type { List } from './maybe.ts'

/** A chart at an exact version; `repository` starts with https:// or oci://. */
export interface Chart {
  name: string
  repository: string
  version: string
}
/** Requests of one pod; `at` is the path (or paths) where replicas and resources stand in the helm values or the object. */
export interface Size {
  cpu: string
  memory: string
  /** Default: twice the request. */
  memoryLimit?: string
  gpu?: number
  /** Size of its volume, one a pod. */
  volume?: string
  /** Must or should its replicas run on different nodes? */
  spread?: 'required' | 'preferred'
  /** Prefix below which `replicas` and `resources` stand ('' is the root), or each path apart; a dot in a key is written `\\.`. Absent: not written. */
  at?: string | { replicas?: string; resources?: string }
}
export type WorkloadKind = 'DaemonSet' | 'Deployment' | 'StatefulSet' | 'Job'
/** `replicas` is absent on a DaemonSet that runs on every node. */
export interface Workload extends Size {
  kind: WorkloadKind
  name: string
  replicas?: number
  /** A Job that ends for good, such as a hook of a chart. */
  once?: true
}
export interface HelmValues {
  readonly [key: string]: unknown
}
/** Sizes are stated in `workloads` and written into the helm values `at` their paths. */
export interface Release {
  name: string
  chart: Chart
  workloads: List<Workload>
  values: HelmValues
  options: ReleaseOptions
}
export interface ReleaseOptions {
  /** Namespace, where it is not the component's own. */
  namespace?: string
  /** Releases of the same namespace that must be ready first, such as one that brings only CRDs. */
  after?: readonly string[]
  /** Do not wait for its pods (OpenBao before its init). */
  disableWait?: boolean
  /** `Skip` where another release owns the same CRDs. */
  crds?: 'CreateReplace' | 'Skip'
  /** Minutes; default 15. */
  timeout?: number
  drift?: {
    mode: 'enabled' | 'warn' | 'disabled'
    ignore?: readonly { paths: readonly string[]; target?: { kind: string; name?: string } }[]
  }
  /** Never pruned when it leaves the tree. */
  keep?: boolean
  /** What the chart has no value for: JSON patches of its objects of a kind, or of one of them; the same in all regions. */
  patches?: readonly { kind: string; name?: string; operations: readonly PatchOperation[] }[]
}
export interface PatchOperation {
  op: 'add' | 'replace' | 'remove'
  path: string
  value?: unknown
}
export interface Resource {
  apiVersion: string
  kind: string
  name: string
  /** Absent: the component's own, or none for a cluster-scoped kind. */
  namespace?: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** Everything beside apiVersion, kind and metadata. */
  body: Readonly<Record<string, unknown>>
  workloads: readonly Workload[]
}
export type KindName = keyof Kinds & string
export type ResourceBody<K extends KindName> = Kinds[K] & {
  namespace?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  workloads?: List<Workload>
}
/** A figure to watch: an expression in PromQL, when it is bad, and what to do then. Without a threshold it is shown, not alerted on. */
export interface Metric {
  name: string
  expr: string
  unit: string
  above?: number
  below?: number
  /** Prometheus duration, such as `5m`. */
  for: string
  action: string
}
/** An impossible combination; `at` is a path in the component's values. */
export interface Problem {
  at: string
  severity?: 'error' | 'warning'
  message: string
  fix: string
}
