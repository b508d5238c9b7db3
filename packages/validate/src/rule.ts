import type { Catalog, Plan, PlatformSpec, Severity, Tree } from '@openova/core'
import type { Grants } from './grants.ts'
import type { KubeObject } from './objects.ts'
import type { Provider } from './providers.ts'
import type { Repository } from './repository.ts'

/** What a rule reports; the rule itself gives the code, and the severity where the draft names none. */
export interface Draft {
  /** Empty: the platform spec, which the caller places. */
  file?: string
  /** Where the reader of the file stopped; other places are found by `at`. */
  line?: number
  column?: number
  /** Which document of the file, from 0. */
  document?: number
  at: string
  severity?: Severity
  message: string
  fix: string
}

/** A document of the tree; `index` is its position in the file, from 0. */
export interface SchemaDocument {
  file: string
  index: number
  object: unknown
}
/** What does not fit the schema of an object's kind; as kubeconform-wasm tells it. */
export interface SchemaFinding {
  document: Pick<SchemaDocument, 'file' | 'index'>
  kind: 'invalid' | 'missing-schema' | 'bad-schema' | 'internal'
  path: readonly (string | number)[]
  found: string
  message: string
}
export type CheckObjects = (documents: readonly SchemaDocument[]) => readonly SchemaFinding[]

/** What the caller knows beside plan and tree: plain data, read from disk by the cli, and the check that has its own engine. */
export interface Context {
  catalog: Catalog
  /** The ownership manifest of the last build: file -> SHA-256 of its text, and what was granted then. */
  previous?: { files: Readonly<Record<string, string>>; grants: Grants }
  /** What is on disk now, laid out like the tree; without it the rules on the disk are left out. */
  disk?: Tree
  /** Compares objects with the schemas of their kinds; without it the rule `schema` is left out. */
  checkObjects?: CheckObjects
}

/** What a rule about the tree may use beside it. */
export interface Means {
  checkObjects?: CheckObjects
  /** Who brings which API group, where a plan tells. */
  providers?: readonly Provider[]
}

interface Described {
  name: string
  severity: Severity
  /** One sentence: what must hold, and why. */
  description: string
  /** YAML; how it is read depends on what the rule looks at (test/examples.ts). They are the rule's test and its documentation. */
  examples: { pass: string; fail: string }
}
/** Looks at what a person wrote. */
export interface SpecRule extends Described {
  on: 'spec'
  check(spec: PlatformSpec, catalog: Catalog): Draft[]
}
/** Looks at the resolved platform. */
export interface PlanRule extends Described {
  on: 'plan'
  check(plan: Plan, context: Context): Draft[]
}
/** Where an object comes from: the file to change, and whether we generated it, so that no patch completes it. */
export interface Origin {
  source: string
  own: boolean
}
/** Looks at one object of the tree. */
export interface ObjectRule extends Described {
  on: 'object'
  kinds: readonly string[]
  check(object: KubeObject, origin: Origin): Draft[]
}
/** Looks at all files of a Flux repository. */
export interface TreeRule extends Described {
  on: 'tree'
  check(repository: Repository, means: Means): Draft[]
}
/** Compares the tree with the disk. */
export interface DiskRule extends Described {
  on: 'disk'
  check(tree: Tree, disk: Tree, previous: Readonly<Record<string, string>>): Draft[]
}
export type Rule = SpecRule | PlanRule | ObjectRule | TreeRule | DiskRule

/** A rule is data; `validate` runs it. */
export const defineRule = <R extends Rule>(rule: R): R => rule
