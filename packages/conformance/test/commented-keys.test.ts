import { expect, test } from 'vitest'
import { findCommentedKeys } from '../src/chart/commented-keys.ts'
import { formatPath } from '../src/json.ts'

function pathsIn(text: string): string[] {
  return findCommentedKeys(text).map(({ path, open }) => `${formatPath(path)}${open ? ' open' : ''}`)
}

test('puts a commented key beside the keys at its column', () => {
  const text = `
storage:
  type: s3
  s3:
    bucket: name
    #accesskey: key
    # secretkey: key
  # size: 5Gi
#top: 1
`
  expect(pathsIn(text)).toEqual(['storage.s3.accesskey', 'storage.s3.secretkey', 'storage.size', 'top'])
})

test('nests commented keys, with and without a space after the mark', () => {
  const text = `
core:
  # resources:
  #  requests:
  #    memory: 256Mi
  #  limits: {}
  replicas: 1
portal:
#  resources:
#    requests:
#      memory: 64Mi
  replicas: 1
`
  expect(pathsIn(text)).toEqual([
    'core.resources',
    'core.resources.requests',
    'core.resources.requests.memory',
    'core.resources.limits open',
    'portal.resources',
    'portal.resources.requests',
    'portal.resources.requests.memory',
  ])
})

test('takes a commented list item for an example: others may look different', () => {
  const text = `
route:
  # parentRefs:
  #   - name: internal
  #     namespace: networking
  hosts: []
`
  expect(pathsIn(text)).toEqual(['route.parentRefs', 'route.parentRefs[] open', 'route.parentRefs[].name', 'route.parentRefs[].namespace'])
})

test('leaves prose and the content of a block of text alone', () => {
  const text = `
# Example:
#   key: value
config: |
  # not: a key
  listen = 80
script: "a
  # neither: this"
# see the documentation for more
`
  expect(pathsIn(text)).toEqual(['key'])
})
