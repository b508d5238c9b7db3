import type { List, Maybe } from './maybe.ts'
import type { ComponentName, ProductName, Stage, UnitName } from './names.ts'
import type { Platform, Region } from './places.ts'
import type { Metric, Problem, Release, Resource, Workload } from './returned.ts'
import type { Claim, ClaimOf, Grants, Kind, Need, Needs, Opens, Services } from './services.ts'

export type * from './maybe.ts'
export type * from './places.ts'
export type * from './returned.ts'
export type * from './services.ts'

/** A schema that carries the type codegen made of it. */
export interface Values<V> {
  readonly schema: object
  readonly type?: V
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

export interface Service<K extends Kind, V, N extends Needs> {
  /** The owner's stage that a need waits for. Absent: the consumer starts without it, and takes it when it comes. */
  ready?: Stage
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
  /**
   * The owner's stage in which its namespace gets a Secret with the parts too, named `claim.credential`.
   * In `needs` the owner makes it and the consumer reads; in `config` it is the other way round.
   */
  keepsCredential?: Keeping | ((claim: Omit<ClaimOf<K>, 'grant' | 'backup'>, facts: Facts<V>) => Maybe<Keeping>)
  /** A bucket of its own that each claim needs, asked for in the consumer's name. */
  backup?(claim: Omit<ClaimOf<K>, 'grant' | 'backup'>, facts: Facts<V>): Maybe<Need<'bucket'>>
  /** Its objects, rendered into the consumer's folder: they come and go with the consumer. */
  resources?(claim: ClaimOf<K>, context: Context<V, N>): List<Resource>
  /** The same in stage `peer`: whatever needs the other region. */
  peer?(claim: ClaimOf<K>, context: Context<V, N>): List<Resource>
}

type Keeping = 'needs' | 'config'

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
  /** What its own services and the a la carte components of `bundles` may ask for in a region. */
  limits: ProductLimits
}
export interface ProductLimits {
  cpu: string
  memory: string
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
