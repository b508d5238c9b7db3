import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { closeSchema, crdToSchemas, loadSchemas, printSchema, schemaPath } from '../src/index.ts'

const crd = parse(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  group: example.org
  names: {kind: Widget}
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          description: A widget.
          required: [spec, status]
          properties:
            metadata: {type: object, properties: {name: {type: string, maxLength: 20}}}
            spec:
              type: object
              required: [size]
              properties:
                size: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
                colour: {type: string, enum: [red, green], description: What it looks like.}
                raw: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}
                template: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}
              oneOf: [{properties: {colour: {enum: [red]}}, required: [colour]}, {required: [raw]}]
            status: {type: object, properties: {ready: {type: boolean}}}
    - {name: v1beta1, served: true, deprecated: true}
    - {name: v1alpha1, served: false}`) as unknown

const [v1, v1beta1, ...others] = crdToSchemas(crd)
const spec = v1?.schema.properties?.spec

test('makes one schema of each version that is served', () => {
  expect(v1?.gvk).toEqual({ group: 'example.org', version: 'v1', kind: 'Widget' })
  expect(v1beta1?.gvk.version).toBe('v1beta1')
  expect(v1beta1?.schema.deprecated).toBe(true)
  expect(others).toEqual([])
})

test('says what the resource is, and that its metadata is closed', () => {
  expect(v1?.schema.required).toEqual(['apiVersion', 'kind', 'metadata', 'spec'])
  expect(v1?.schema.properties?.apiVersion).toEqual({ type: 'string', enum: ['example.org/v1'] })
  expect(v1?.schema.properties?.metadata?.additionalProperties).toBe(false)
  expect(v1?.schema.properties?.metadata?.properties?.name).toEqual({ type: ['string', 'null'], maxLength: 20 })
})

test('drops the status and all descriptions', () => {
  expect(v1?.schema.properties?.status).toEqual({})
  expect(printSchema(v1!.schema)).not.toContain('description')
})

test('closes objects, but not where the CRD keeps unknown fields, nor inside a branch', () => {
  expect(spec?.additionalProperties).toBe(false)
  expect(spec?.properties?.raw?.additionalProperties).toBeUndefined()
  expect(spec?.oneOf).toEqual([{ properties: { colour: { enum: ['red'] } }, required: ['colour'] }, { required: ['raw'] }])
})

test('lets an optional field be null, and a required one not', () => {
  expect(spec?.properties?.colour).toEqual({ type: ['string', 'null'], enum: ['red', 'green', null] })
  expect(spec?.properties?.size).toEqual({ type: ['string', 'integer'], 'x-kubernetes-int-or-string': true })
})

test('allows what makes an embedded object a resource', () => {
  expect(Object.keys(spec?.properties?.template?.properties ?? {})).toEqual(['apiVersion', 'kind', 'metadata', 'spec'])
})

test('closing twice changes nothing', () => {
  const once = closeSchema(spec!)
  expect(closeSchema(once)).toEqual(once)
})

test.each([null, undefined, 'text', {}, { kind: 'Deployment', spec: {} }])('makes nothing of %j', (value) => {
  expect(crdToSchemas(value)).toEqual([])
})

test('finds a schema by apiVersion and kind, what the user added first', () => {
  const files = new Map([
    ['kubernetes/core/pod_v1.json', '{"title": "ours"}'],
    ['kubernetes/apps/deployment_v1.json', '{"title": "ours"}'],
    ['extra/apps/deployment_v1.json', '{"title": "theirs"}'],
  ])
  const find = loadSchemas((path) => files.get(path))
  expect(find('v1', 'Pod')).toEqual({ title: 'ours' })
  expect(find('apps/v1', 'Deployment')).toEqual({ title: 'theirs' })
  expect(find('example.org/v1', 'Widget')).toBeUndefined()
})

test('keeps the versions of a kind apart', () => {
  expect(schemaPath('autoscaling/v1', 'HorizontalPodAutoscaler')).toBe('autoscaling/horizontalpodautoscaler_v1.json')
  expect(schemaPath('v1', 'Secret')).toBe('core/secret_v1.json')
})

test('prints with sorted keys, short values on one line', () => {
  expect(printSchema({ b: { z: 1, a: [true, null] }, a: 'x'.repeat(160) })).toBe(
    `{\n "a": "${'x'.repeat(160)}",\n "b": {"a": [true, null], "z": 1}\n}\n`,
  )
})
