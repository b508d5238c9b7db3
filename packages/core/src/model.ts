import type { Chosen, Claim, Component, Platform, Region, Release, Resource, Workload } from './contract.ts'
import type { ComponentName, ProductName, Stage, StageName, UnitName } from './names.ts'

/** 1. What a person writes: clusters/platform.yaml, as checked data with its defaults. */
export interface PlatformSpec {
  apiVersion: 'openova.io/v1alpha1'
  kind: 'Platform'
  metadata: { name: string }
  spec: {
    environment: Platform['environment']
    buildingBlock: Platform['buildingBlock']
    domain: string
    provider: Platform['provider']
    /** Allows a provider that is not yet available. */
    preview: boolean
    loadBalancer: Platform['loadBalancer']
    dns: Platform['dns']
    archival: Platform['archival']
    git: { url: string; branch: string }
    regions: RegionSpec[]
    /** Default: the first region. */
    writeRegion?: string
    /** Write region of single services. */
    writeRegions: Record<string, string>
    failover: { writeServices: 'flux' | 'controller' }
    /** Findings that a person has read and accepts, such as `storage-moves/harbor`. */
    acknowledge: string[]
    products: ProductName[]
    /** Settings; naming an a la carte component chooses it. */
    components: Record<string, Settings>
  }
}
export interface RegionSpec {
  name: string
  location: string
  network: { nodes: string; pods: string; services: string; layer2: boolean }
  pools: Region['pools'][number][]
  /** Settings that differ in this region. */
  components: Record<string, Settings>
}
/** `helmValues` are keyed by release and merged last. */
export interface Settings {
  values?: Record<string, unknown>
  helmValues?: Record<string, Record<string, unknown>>
}

/** 2. What will be installed: plain data that render, validate and report read. */
export interface Plan {
  platform: Platform
  spec: PlatformSpec
  regions: RegionPlan[]
  /** The same without region-level settings: what the base is made of. */
  baseline: RegionPlan[]
}
export interface RegionPlan {
  region: Region
  /** Dependencies first. */
  units: UnitPlan[]
}
/** A chosen component (or a product with services of its own) in one region. */
export interface UnitPlan {
  name: UnitName
  definition: Component
  /** Why it is here, such as `mandatory`, `chosen`, `product cortex`, `librechat needs a database`. */
  reason: string
  values: Record<string, unknown>
  namespace: { name: string; podSecurity: 'restricted' | 'baseline' | 'privileged'; reason?: string }
  /** In stage order; only stages that have something in them. */
  stages: StagePlan[]
  needs: Chosen['needs']
  /** Claims that it answers as owner. */
  claims: Claim[]
}
export interface StagePlan {
  name: StageName
  stage: Stage
  releases: ReleasePlan[]
  resources: PlacedResource[]
  /** Stages that must be ready first: sorted, without what a longer path already says. */
  dependsOn: StageName[]
}
/** A release after sizes and `helmValues` were written into its helm values; workloads read back from there. */
export interface ReleasePlan extends Omit<Release, 'workloads' | 'values'> {
  namespace: string
  workloads: Workload[]
  values: Record<string, unknown>
}
/** A resource with its full metadata, and who made it. */
export interface PlacedResource extends Resource {
  by: ComponentName | ProductName
}

/** 3. What will be on disk: path relative to `clusters/` -> text. */
export type Tree = ReadonlyMap<string, string>
