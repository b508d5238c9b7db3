import { expect, test } from 'vitest'
import { checkResources } from '../src/checks/resources.ts'
import { indexCrds } from '../src/crd/crd-index.ts'
import { treeOf } from './tree.ts'

const crds = indexCrds([
  {
    kind: 'CustomResourceDefinition',
    spec: {
      group: 'example.org',
      names: { kind: 'Pool' },
      versions: [
        { name: 'v1alpha1', served: false, schema: { openAPIV3Schema: { type: 'object' } } },
        {
          name: 'v1',
          schema: {
            openAPIV3Schema: {
              type: 'object',
              required: ['spec'],
              properties: {
                metadata: { type: 'object' },
                spec: {
                  type: 'object',
                  required: ['size', 'mode'],
                  properties: {
                    size: { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
                    mode: { type: 'string', enum: ['fast', 'safe'], default: 'safe' },
                    note: { type: 'string', nullable: true, pattern: '(?i)^[a-z]+$' },
                    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                    parts: { type: 'array', items: { type: 'object' }, 'x-kubernetes-preserve-unknown-fields': true },
                    empty: { type: 'object' },
                    labels: { type: 'object', additionalProperties: { type: 'string' } },
                    ratio: { type: 'number', minimum: 0, exclusiveMinimum: true },
                    blocks: {
                      type: 'array',
                      items: {
                        type: 'object',
                        properties: { cidr: { type: 'string', pattern: String.raw`^\d+` }, start: { type: 'string' } },
                        oneOf: [{ required: ['cidr'] }, { required: ['start'] }],
                      },
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
  },
])

function check(spec: string, apiVersion = 'example.org/v1') {
  const text = `apiVersion: ${apiVersion}\nkind: Pool\nmetadata: { name: demo, labels: { a: b } }\nspec: ${spec}\n`
  return checkResources(treeOf({ 'base/demo/config/pool-demo.yaml': text }), crds).findings.map(({ at, message, fix }) => ({
    at,
    message,
    fix,
  }))
}

test.each([
  ['the least there can be, as defaults fill the rest', '{ size: 1 }'],
  ['an int-or-string as text', '{ size: 10% }'],
  ['null where it is allowed', '{ size: 1, note: null }'],
  ['anything where unknown fields are kept', '{ size: 1, free: { a: { b: 1 } } }'],
  ['anything in the items of a list that keeps them', '{ size: 1, parts: [{ a: { b: 1 } }] }'],
  ['any name in a map', '{ size: 1, labels: { a: b } }'],
  ['one of two alternatives', '{ size: 1, blocks: [{ cidr: 1.2.3.4/5 }] }'],
])('accepts %s', (_, spec) => {
  expect(check(spec)).toEqual([])
})

test.each([
  ['an unknown field', '{ size: 1, mod: fast }', 'spec.mod', 'did you mean `mode`?'],
  ['an unknown field in a list', '{ size: 1, blocks: [{ cidr: 1.1.1.1, sart: x }] }', 'spec.blocks[0].sart', 'did you mean `start`?'],
  ['a field of an object that has none', '{ size: 1, empty: { a: 1 } }', 'spec.empty.a', 'remove it: the CRD describes no fields there'],
  ['a missing required field', '{ mode: fast }', 'spec', 'see the CRD for what may stand there'],
  ['a wrong type', '{ size: [1] }', 'spec.size', 'see the CRD for what may stand there'],
  ['a value outside the enum', '{ size: 1, mode: slow }', 'spec.mode', 'see the CRD for what may stand there'],
  ['a pattern that does not match', '{ size: 1, blocks: [{ cidr: x }] }', 'spec.blocks[0].cidr', 'see the CRD for what may stand there'],
  ['an excluded bound', '{ size: 1, ratio: 0 }', 'spec.ratio', 'see the CRD for what may stand there'],
  ['a value of a wrong type in a map', '{ size: 1, labels: { a: 1 } }', 'spec.labels.a', 'see the CRD for what may stand there'],
  ['none of the alternatives', '{ size: 1, blocks: [{}] }', 'spec.blocks[0]', 'see the CRD for what may stand there'],
])('refuses %s', (_, spec, at, fix) => {
  expect(check(spec)).toContainEqual(expect.objectContaining({ at, fix }))
})

test('says what it found and what it expected', () => {
  expect(check('{ size: 1, mode: slow }').map(({ message }) => message)).toEqual([
    'Pool `demo`: Unexpected value "slow", expected one of "fast", "safe"',
  ])
})

test('refuses a version that is not served', () => {
  expect(check('{ size: 1 }', 'example.org/v1alpha1').map(({ at }) => at)).toEqual(['apiVersion'])
})

test('lists kinds without a CRD, and leaves kustomize, values and patches alone', () => {
  const { findings, notes } = checkResources(
    treeOf({
      'region-a/demo/config/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches: [{ path: patch.yaml }]\n',
      'region-a/demo/config/patch.yaml': 'apiVersion: example.org/v1\nkind: Pool\nmetadata: { name: demo }\n',
      'region-a/demo/config/values-demo.yaml': 'apiVersion: example.org/v1\nkind: Pool\n',
      'region-a/demo/config/configmap-demo.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: demo }\n',
    }),
    crds,
  )
  expect(findings).toEqual([])
  expect(notes).toEqual(['not checked: v1 ConfigMap (1)'])
})
