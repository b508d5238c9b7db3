import type { Component, Definition, Needs, Product, ProductLimits, Use, Values } from './contract.ts'
import type { ComponentName, ProductName } from './names.ts'

/** A component is data; all work happens in the pipeline. */
export function defineComponent<V, const N extends Needs = Record<never, never>>(
  definition: Definition<V, N> & { name: ComponentName; tier: 'mandatory' | 'a-la-carte' },
): Definition<V, N> {
  return definition
}

/** A product bundles components, and may have services of its own. */
export function defineProduct<V, const N extends Needs = Record<never, never>>(
  definition: Definition<V, N> & { name: ProductName; tier: 'product'; bundles: readonly Use[]; limits: ProductLimits },
): Product {
  return definition
}

/** A component with the values that a product gives it: `use(harbor, { replicas: 2 })`. */
export function use<V, N extends Needs>(component: Definition<V, N>, values: DeepPartial<V> = {} as DeepPartial<V>): Use {
  return { component: component as Component, values: values as Use['values'] }
}

/** Binds a schema to the type that codegen made of it. */
export const valuesOf = <V>(schema: object): Values<V> => ({ schema })

type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T
