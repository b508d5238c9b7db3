import type { Kinds } from './kinds.gen.ts'

export type { Kinds } from './kinds.gen.ts'

/** What stands at a path in the body of a kind: `Part<'apps/v1/Deployment', 'spec.template.spec.containers.0'>`. */
export type Part<K extends keyof Kinds, Path extends string> = At<Kinds[K], Path>

type At<T, Path extends string> = Path extends `${infer Key}.${infer Rest}` ? At<Field<T, Key>, Rest> : Field<T, Path>
type Field<T, Key> = T extends readonly (infer Item)[] ? Item : Key extends keyof T ? NonNullable<T[Key]> : never
