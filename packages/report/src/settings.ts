import { isMap } from '@openova/core'

/** One value of a component that a person may set. */
export interface Setting {
  /** Path, `scanner.enabled`. */
  key: string
  type: string
  /** As JSON; absent where there is none. */
  default?: string
  description: string
}

/** The values of a schema, objects opened, in the schema's order. */
export function settingsOf(schema: object, prefix = ''): Setting[] {
  const { properties } = schema as { properties?: Record<string, object> }
  return Object.entries(properties ?? {}).flatMap(([name, property]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`
    return 'properties' in property ? settingsOf(property, key) : [settingOf(key, property)]
  })
}

function settingOf(key: string, property: { default?: unknown; description?: string }): Setting {
  return {
    key,
    type: typeOf(property),
    ...(property.default !== undefined && { default: JSON.stringify(property.default) }),
    description: property.description ?? '',
  }
}

function typeOf(property: object): string {
  const { type, enum: options, const: only, items, anyOf, oneOf } = property as Record<string, unknown>
  if (Array.isArray(options)) return options.map((option) => JSON.stringify(option)).join(' or ')
  if (only !== undefined) return JSON.stringify(only)
  const choices = anyOf ?? oneOf
  if (Array.isArray(choices)) return choices.filter(isMap).map(typeOf).join(' or ')
  if (type === 'array') return isMap(items) ? `list of ${typeOf(items)}` : 'list'
  return Array.isArray(type) ? type.join(' or ') : String(type ?? 'any')
}
