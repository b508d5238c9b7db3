import type { KindSchema, Schema } from '../../../packages/schemas/src/index.ts'
import { closeSchema } from '../../../packages/schemas/src/index.ts'
import { boolean, integer, list, map, object, oneOf, open, text } from '../shapes.ts'

/** kustomization.yaml as kustomize 5 reads it, without the fields that it calls deprecated. */
export const kustomize = (): KindSchema[] => [file('v1beta1', 'Kustomization'), file('v1alpha1', 'Component')]

function file(version: string, kind: string): KindSchema {
  const gvk = { group: 'kustomize.config.k8s.io', version, kind }
  const only = (value: string): Schema => ({ type: 'string', enum: [value] })
  const names = { 'apiVersion!': only(`${gvk.group}/${version}`), 'kind!': only(kind) }
  return { gvk, schema: closeSchema(object({ ...names, metadata: open, ...fields() })) }
}

function fields(): Record<string, Schema> {
  const strings = list(text)
  const labels = map(text)
  return {
    resources: strings,
    components: strings,
    crds: strings,
    configurations: strings,
    generators: strings,
    transformers: strings,
    validators: strings,
    namespace: text,
    namePrefix: text,
    nameSuffix: text,
    commonAnnotations: labels,
    labels: list(object({ pairs: labels, includeSelectors: boolean, includeTemplates: boolean, fields: list(fieldSpec()) })),
    images: list(object({ 'name!': text, newName: text, newTag: text, digest: text, tagSuffix: text })),
    replicas: list(object({ 'name!': text, 'count!': integer })),
    patches: list(object({ path: text, patch: text, target: selector(), options: map(boolean) })),
    replacements: list(object({ path: text, source: source(), targets: list(replaced()) })),
    configMapGenerator: list(object(generator())),
    secretGenerator: list(object({ ...generator(), type: text })),
    generatorOptions: generatorOptions(),
    helmCharts: list(open),
    helmGlobals: object({ chartHome: text, configHome: text }),
    openapi: map(text),
    buildMetadata: list(oneOf('managedByLabel', 'originAnnotations', 'transformerAnnotations')),
    sortOptions: object({
      order: oneOf('legacy', 'fifo'),
      legacySortOptions: object({ orderFirst: list(text), orderLast: list(text) }),
    }),
  }
}

const fieldSpec = () => object({ group: text, version: text, kind: text, path: text, create: boolean })

const names = { group: text, version: text, kind: text, name: text, namespace: text }

const selector = () => object({ ...names, annotationSelector: text, labelSelector: text })

const options = () => object({ delimiter: text, index: integer, encoding: text, create: boolean })

const source = () => object({ ...names, fieldPath: text, options: options() })

const replaced = () => object({ select: selector(), reject: list(selector()), fieldPaths: list(text), options: options() })

const generator = (): Record<string, Schema> => ({
  name: text,
  namespace: text,
  behavior: oneOf('create', 'replace', 'merge'),
  envs: list(text),
  files: list(text),
  literals: list(text),
  options: generatorOptions(),
})

const generatorOptions = () => object({ labels: map(text), annotations: map(text), disableNameSuffixHash: boolean, immutable: boolean })
