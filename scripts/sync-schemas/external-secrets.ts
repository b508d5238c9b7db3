import type { Schema } from '../../packages/schemas/src/index.ts'
import { boolean, list, map, object, oneOf, text } from './shapes.ts'

interface Definition {
  spec: { versions: { schema: { openAPIV3Schema: Schema } }[] }
}

const templateName = { minLength: 1, ...text }

/** Fields that came after 0.16, the newest version whose Go module is published: by the fields beside which they stand. */
const added: readonly { beside: readonly string[]; fields: Schema['properties'] }[] = [
  { beside: ['conversionStrategy', 'decodingStrategy'], fields: { nullBytePolicy: oneOf('Ignore', 'Fail') } },
  {
    beside: ['creationPolicy', 'deletionPolicy', 'template'],
    fields: { manifest: object({ 'apiVersion!': templateName, 'kind!': templateName }) },
  },
  {
    beside: ['configMap', 'secret', 'literal', 'target'],
    fields: { valuesDecodingStrategy: oneOf('Auto', 'Base64', 'Base64URL', 'None') },
  },
  { beside: ['digits', 'symbols', 'symbolCharacters'], fields: passwordFields() },
  { beside: ['server', 'readYourWrites', 'forwardInconsistent'], fields: { checkAndSet: object({ required: boolean }) } },
  { beside: ['clientCert', 'secretRef'], fields: { path: { ...text, default: 'cert' }, vaultRole: text } },
  { beside: ['parameters', 'resultType', 'retrySettings'], fields: { getParameters: map(list(text)) } },
  { beside: ['annotations', 'labels'], fields: { finalizers: list(text) } },
  { beside: ['regexp', 'transform'], fields: { merge: mergeRewrite() } },
  { beside: ['secretStoreRefs', 'updatePolicy'], fields: { dataTo: list(dataTo()) } },
  { beside: ['refreshPolicy', 'dataFrom', 'target'], fields: { syncWindows: syncWindows() } },
]

const generators = ['BeyondtrustWorkloadCredentialsDynamicSecret', 'CloudsmithAccessToken', 'GitlabDeployToken', 'MFA', 'SSHKey']

/** A CRD of External Secrets 0.16 with what 2.9 adds to the fields that anyone here may write; other providers' new fields are left out. */
export function addNewerFields<T>(crd: T): T {
  for (const version of (crd as Definition).spec.versions) version.schema.openAPIV3Schema = amend(version.schema.openAPIV3Schema)
  return crd
}

function amend(schema: Schema): Schema {
  const { properties, items } = schema
  const more = added.filter(({ beside }) => properties && beside.every((name) => name in properties))
  const fields = Object.assign({}, properties, ...more.map((entry) => entry.fields)) as NonNullable<typeof properties>
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, amendField(name, field)])) }),
    ...(items && { items: amend(items) }),
  }
}

function amendField(name: string, field: Schema): Schema {
  if (name === 'creationPolicy' && field.enum?.includes('Merge')) return { ...field, enum: [...field.enum, 'CreateOrMerge'] }
  if (name === 'kind' && field.enum?.includes('ACRAccessToken')) return { ...field, enum: [...new Set([...field.enum, ...generators])] }
  if (name === 'target' && field.enum?.includes('Annotations')) return { ...field, enum: undefined }
  if (name === 'refreshInterval' && field.type === 'integer') return { 'x-kubernetes-int-or-string': true }
  return amend(field)
}

function passwordFields(): Schema['properties'] {
  const encoding = { ...oneOf('base64', 'base64url', 'base32', 'hex', 'raw'), default: 'raw' }
  return { encoding, secretKeys: { ...list(text), minItems: 1 } }
}

function mergeRewrite(): Schema {
  return object({
    conflictPolicy: { ...oneOf('Ignore', 'Error'), default: 'Error' },
    into: { ...text, default: '' },
    priority: list(text),
    priorityPolicy: { ...oneOf('IgnoreNotFound', 'Strict'), default: 'Strict' },
    strategy: { ...oneOf('Extract', 'JSON'), default: 'Extract' },
  })
}

function dataTo(): Schema {
  const requirement = object({ 'key!': text, 'operator!': text, values: list(text) })
  return object({
    conversionStrategy: { ...oneOf('None', 'ReverseUnicode'), default: 'None' },
    match: object({ regexp: text }),
    metadata: { 'x-kubernetes-preserve-unknown-fields': true },
    remoteKey: text,
    rewrite: list(object({ regexp: object({ 'source!': text, 'target!': text }), transform: object({ 'template!': text }) })),
    storeRef: object({
      kind: { ...oneOf('SecretStore', 'ClusterSecretStore'), default: 'SecretStore' },
      labelSelector: object({ matchExpressions: list(requirement), matchLabels: map(text) }),
      name: text,
    }),
  })
}

function syncWindows(): Schema {
  return object({ 'kind!': oneOf('allow', 'deny'), 'windows!': { ...list(object({ 'duration!': text, 'schedule!': text })), minItems: 1 } })
}
