import type { ComponentName, ProductName, Stage, UnitName } from './names.ts'
import type { Kinds } from './kinds.ts'

/** May be left out by a condition: `values.ui && host(...)`. */
export type Maybe<T> = T | false | undefined
export type List<T> = readonly Maybe<T>[]

/** A schema that carries the type codegen made of it. */
export interface Values<V> {
  readonly schema: object
  readonly type?: V
}

// --- Shared services: what one asks for, what one is granted, the parts of its credential ---

export interface Services {
  database: {
    ask: {
      name: string
      /** Volume of each instance. */
      storage?: string
      /** `regional`: every region has its own, writable. `replicated`: one write node, the peer follows. */
      scope?: 'regional' | 'replicated'
    }
    grant: { host: string; port: number; database: string; username: string }
    credential: 'username' | 'password' | 'host' | 'database'
  }
  bucket: {
    ask: {
      name: string
      versioned?: boolean
      /** Both regions hold the same objects. */
      replicated?: boolean
      /** Its consumer in the other region reads it. */
      readByPeer?: boolean
      /** What is old moves to the archival storage. */
      tier?: boolean
    }
    /** `endpoint` without path, `https://host:port`. */
    grant: { endpoint: string; bucket: string }
    credential: 'accessKey' | 'secretKey'
  }
  cache: {
    ask: { scope?: 'regional' | 'replicated' }
    /** `address` is `host:port`. */
    grant: { address: string }
    credential: 'username' | 'password'
  }
  host: {
    ask: {
      /** First label of the host name, `{name}.{domain}`. */
      name: string
      service: string
      port: number
      audience?: 'public' | 'internal'
      /** Public hosts pass the WAF unless a reason stands here. */
      waf?: { off: string }
    }
    /** `url` for clients, `https://{name}.{domain}`; `regionUrl` for this region only, `https://{name}.{code}.{domain}`. */
    grant: { name: string; url: string; regionName: string; regionUrl: string }
    credential: never
  }
  secret: { ask: SecretAsk; grant: Record<never, never>; credential: never }
}
export type Kind = keyof Services

/** Generated with that length, supplied by a person (what to put there), made of other keys (`{{ .password }}`), or brought by hand on day 0. */
export type Source = { generate: number } | { supply: string } | { template: string } | { day0: string }

export interface SecretAsk {
  /** Name of the Secret in the consumer's namespace. */
  name: string
  keys: Readonly<Record<string, Source>>
  /** `region` (default): each region its own. `shared`: made in the origin region, pushed to the peer. */
  scope?: 'region' | 'shared'
  /** Region that makes a shared secret; default the first. A switch of the write region does not move it. */
  origin?: string
  /** Secret type, such as `kubernetes.io/basic-auth`. */
  type?: string
  /** Where it lies below `secret/` of OpenBao; default by scope, component and name. */
  path?: string
  /** Reads what another claim on the same path makes. */
  readOnly?: boolean
  /** Namespace, where it is not the consumer's own. */
  namespace?: string
}

export interface Need<K extends Kind = Kind, M extends 'required' | 'optional' = 'required' | 'optional'> {
  readonly kind: K
  readonly mode: M
  readonly ask: Services[K]['ask']
  /** Key of the consumer's Secret -> template over the credential. */
  readonly secret: Readonly<Record<string, string>>
  /** Type of that Secret, such as `kubernetes.io/basic-auth`. */
  readonly secretType?: string
  /** The stage that waits for it; for 'config' its objects lie in `config`, never in `needs`. */
  readonly before: 'install' | 'config'
}
export type Needs = { readonly [key: string]: Maybe<Need> }
/** `secret` is the Secret in the consumer's namespace; `peer` the same service in the other region, seen from here. */
export type Grant<K extends Kind> = Services[K]['grant'] & { secret: string; peer?: Services[K]['grant'] }
export type Grants<N extends Needs> = { readonly [P in keyof N]: Granted<N[P]> }
type Granted<T> = T extends Need<infer K, infer M> ? Grant<K> | ('optional' extends M ? undefined : never) : undefined

/** A need as its owner sees it. */
export type Claim<K extends Kind = Kind> = { [P in K]: ClaimOf<P> }[K]
export interface ClaimOf<K extends Kind> {
  kind: K
  ask: Services[K]['ask']
  /** Who asks, and under which key of its needs. */
  consumer: UnitName
  key: string
  /** Namespace of the consumer. */
  namespace: string
  before: 'install' | 'config'
  /** Name of the consumer's Secret with this credential, in the consumer's namespace. */
  secret: string
  /** Name of the Secret with the parts of the credential in the owner's namespace, where the service keeps a copy. */
  credential: string
  grant: Grant<K>
  /** The bucket that the service asked for on behalf of this claim. */
  backup?: Grant<'bucket'>
}

// --- What a function of a definition may look at ---

export interface Region {
  name: string
  /** 1 or 2. */
  ordinal: number
  /** `hz-fsn-rtz-prod`. */
  clusterName: string
  /** `hfrp`. */
  code: string
  location: string
  network: { nodes: string; pods: string; services: string; layer2: boolean }
  /** Private addresses of the K3s servers. */
  servers: readonly string[]
  /** Nodes of all pools. */
  nodes: number
  pools: readonly NodePool[]
}
export interface NodePool {
  name: string
  role: 'server' | 'agent'
  source: 'cloud' | 'external'
  count: number
  /** Cores of a node. */
  cpu: number
  /** Nominal GB of a node. */
  memory: number
  /** Volumes that can be attached to a node. */
  volumes: number
  gpu?: { model: string; count: number }
  labels: Readonly<Record<string, string>>
  taints: readonly string[]
}
export interface Platform {
  name: string
  domain: string
  environment: 'prod' | 'stg' | 'uat' | 'dev' | 'poc'
  buildingBlock: 'rtz' | 'dmz' | 'mgt'
  provider: 'hetzner' | 'huawei' | 'oci' | 'aws' | 'gcp' | 'azure'
  loadBalancer: 'cloud' | 'k8gb' | 'cilium-l2'
  dns: 'cloudflare' | 'hetzner-dns' | 'route53' | 'cloud-dns' | 'azure-dns'
  archival: 'cloudflare-r2' | 's3' | 'gcs' | 'azure-blob'
  git: { url: string; branch: string }
  /** Who points the write Services at the write node. */
  failover: { writeServices: 'flux' | 'controller' }
  /** Names of the regions, in order. */
  regions: readonly string[]
}

/** First pass: what `needs`, `grant` and `check` may look at. */
export interface Facts<V = unknown> {
  values: V
  region: Region
  /** The other region; absent in a one-region platform. */
  peer?: Region
  platform: Platform
  has: (name: ComponentName | ProductName) => boolean
  /** The region that holds the write node of a service. */
  writeRegion: (service: UnitName) => string
}
/** Second pass: the answers too. */
export interface Context<V = unknown, N extends Needs = Needs> extends Facts<V> {
  granted: Grants<N>
  /** All claims of a kind in this region, sorted by consumer and key. */
  claims: <K extends Kind>(kind: K) => readonly ClaimOf<K>[]
  chosen: readonly Chosen[]
}
/** The plain data of a chosen component, for those who read all of them. */
export interface Chosen extends Pick<Component, 'name' | 'tier' | 'category' | 'metrics'> {
  namespace: string
  network: Network
  /** Its answered needs, and who answers. */
  needs: readonly (Claim & { owner: ComponentName; opens: Opens })[]
}
/** What runs under that kind and name in a region, whoever renders it; operators' operands are not among it. */
export interface Running extends Pick<Workload, 'kind' | 'name'> {
  namespace: string
}
/** Container ports that a service opens. */
export interface Opens {
  /** At the owner, for its consumers. */
  atOwner?: readonly number[]
  /** At the owner, for its consumers in the other region too. */
  atPeer?: readonly number[]
  /** At the consumer, for the owner. */
  atConsumer?: readonly number[]
  /** At the consumer, for the same consumer in the other region. */
  betweenRegions?: readonly number[]
  /** At the consumer, for those who read metrics. */
  metrics?: readonly number[]
}

// --- What a function of a definition may return ---

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
/** `replicas` is absent on a DaemonSet: one a node. */
export interface Workload extends Size {
  kind: WorkloadKind
  name: string
  replicas?: number
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

// --- The definition ---

export interface Service<K extends Kind, V, N extends Needs> {
  /** The owner's stage that a need waits for. */
  ready: Stage
  opens?: Opens | ((ask: Services[K]['ask']) => Opens)
  /** Where the service is, seen from its own region or from the other. */
  grant(claim: Omit<ClaimOf<K>, 'grant' | 'backup'>, facts: Facts<V>, seenFrom: 'here' | 'peer'): Services[K]['grant']
  /** Parts of the credential: generated, or known. Its Secret is made for the consumer. */
  credential?(
    claim: Omit<ClaimOf<K>, 'backup'>,
    facts: Facts<V>,
  ): Record<Services[K]['credential'], { generate: number } | { value: string }>
  /** `replicated` services have one credential for both regions; default `region`. */
  credentialScope?(claim: Omit<ClaimOf<K>, 'grant' | 'backup'>, facts: Facts<V>): 'region' | 'shared'
  /** Whether the owner's namespace gets a Secret with the parts too (named `claim.credential`, stage `needs`). */
  keepsCredential?: boolean
  /** A bucket of its own that each claim needs, asked for in the consumer's name. */
  backup?(claim: Omit<ClaimOf<K>, 'grant' | 'backup'>, facts: Facts<V>): Maybe<Need<'bucket'>>
  /** Its objects, rendered into the consumer's folder: they come and go with the consumer. */
  resources?(claim: ClaimOf<K>, context: Context<V, N>): List<Resource>
  /** The same in stage `peer`: whatever needs the other region. */
  peer?(claim: ClaimOf<K>, context: Context<V, N>): List<Resource>
}

export interface Network {
  /** Hosts on the internet, `docker.io:443`; `*.docker.io:443` for what is below. */
  egress?: readonly string[]
  /** Whether its pods call the Kubernetes API. */
  apiServer?: boolean
  /** Ports on which the API server calls its admission webhooks or aggregated APIs. */
  webhooks?: readonly number[]
  /** Ports on which its metrics are read. */
  metrics?: readonly number[]
  /** Ports that pods of other components call, beyond needs. */
  ingress?: readonly { from: ComponentName | 'all'; ports: readonly number[] }[]
  /** The same seen from the caller: ports at another component. */
  calls?: readonly { to: ComponentName; ports: readonly number[] }[]
  /** Ports at another component in the other region. */
  callsPeer?: readonly { to: ComponentName; ports: readonly number[] }[]
  /** Ports that processes of the nodes call, such as containerd. */
  nodes?: readonly number[]
  /** Ports that the same component of the other region calls, and is called on. */
  peer?: readonly number[]
  /** Ports open to the world, beyond hosts. */
  world?: readonly { port: number; protocol: 'TCP' | 'UDP' }[]
}

/** A definition's keys stand in this order in every component. */
export interface Definition<V, N extends Needs = Needs> {
  name: UnitName
  tier: 'mandatory' | 'a-la-carte' | 'product'
  category: string
  budget?: Budget
  /** Restricted pod security unless an exception with its reason stands here. */
  namespace: string | { name: string; podSecurity: 'baseline' | 'privileged'; reason: string }
  values: Values<V>
  /** API groups it brings, and the stage after which they can be used; `storage.k8s.io` stands for volumes. */
  provides?: Readonly<Record<string, Stage>>
  /** Chosen with it, beyond the owners of what it needs. */
  requires?: readonly ComponentName[]
  /** Order that neither needs nor API groups tell; an edge to a component that is not chosen is left out. */
  after?: { readonly [S in Stage]?: readonly `${ComponentName}/${Stage}`[] }
  network?: Network | ((facts: Facts<V>) => Network)
  metrics?: readonly Metric[]
  /** Cluster-wide powers that it cannot do without, with the reason. */
  privileges?: readonly { role: string; reason: string }[]
  needs?: N | ((facts: Facts<V>) => N)
  check?(facts: Facts<V>): List<Problem>
  serves?: { [K in Kind]?: Service<K, V, N> }
  /** What it adds to the folder of every chosen component. Openings go to `needs`, dashboards to `config`. */
  attaches?(to: Chosen, context: Context<V, N>): { [S in Stage]?: List<Resource> }
  /** What it adds to its own `config` for all that runs in the region; rendered last. */
  watches?(running: readonly Running[], context: Context<V, N>): List<Resource>
  crds?(context: Context<V, N>): List<Resource>
  /** Own objects of stage `needs`: a Certificate, a ConfigMap. */
  before?(context: Context<V, N>): List<Resource>
  releases?(context: Context<V, N>): List<Release>
  /** Workloads without a chart, stage `install`. */
  install?(context: Context<V, N>): List<Resource>
  setup?(context: Context<V, N>): List<Resource>
  config?(context: Context<V, N>): List<Resource>
  peer?(context: Context<V, N>): List<Resource>
}
export const budgets = ['core', 'observability', 'storage', 'security', 'git', 'operations'] as const
export type Budget = (typeof budgets)[number]

// oxlint-disable-next-line typescript/no-explicit-any -- components of unlike values share lists; the only `any` of the project
export type Component = Definition<any, any>
/** A product: what it bundles, with its defaults, and its own services laid out like a component's. */
export interface Product extends Component {
  name: ProductName
  tier: 'product'
  bundles: readonly Use[]
}
/** A component in a product, and the values that the product gives it. */
export interface Use {
  component: Component
  values: Readonly<Record<string, unknown>>
}
export interface Catalog {
  components: ReadonlyMap<ComponentName, Component>
  products: ReadonlyMap<ProductName, Product>
}
