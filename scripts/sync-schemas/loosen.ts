/** Parts that are Kubernetes' own types, about which hand-written definitions are as strict as generated ones. */
const strict = ['env', 'envFrom', 'probe', 'resources', 'tolerations', 'volumeMount', 'volumeMounts', 'volumes']

/** The same definition with every field optional, except in the parts that Kubernetes defines. */
export function withoutRequired<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutRequired) as T
  if (typeof value !== 'object' || value === null) return value

  const entries = Object.entries(value).filter(([key, item]) => !(key === 'required' && Array.isArray(item)))
  return Object.fromEntries(entries.map(([key, item]) => [key, strict.includes(key) ? item : withoutRequired(item as unknown)])) as T
}
