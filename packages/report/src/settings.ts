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

interface Typed {
  type?: string | readonly string[]
  enum?: readonly unknown[]
  const?: unknown
  items?: object
  anyOf?: readonly object[]
  oneOf?: readonly object[]
}

function typeOf(property: object): string {
  const { type = 'any', enum: words, const: only, items, anyOf, oneOf } = property as Typed
  if (words) return words.map((word) => JSON.stringify(word)).join(' or ')
  if (only !== undefined) return JSON.stringify(only)
  const choices = anyOf ?? oneOf
  if (choices) return choices.map(typeOf).join(' or ')
  if (type === 'array') return items ? `list of ${typeOf(items)}` : 'list'
  return typeof type === 'string' ? type : type.join(' or ')
}
