import { expect, test } from 'vitest'
import { readRepository } from '../src/repository.ts'
import { filesOf } from './examples.ts'

const build = (text: string, folder = 'clusters/region-a') => readRepository(filesOf(text)).build(folder)

const overlay = `
# clusters/base/kustomization.yaml
resources: [release.yaml]
configMapGenerator: [{ name: values-1, namespace: harbor, files: [values.yaml], options: { disableNameSuffixHash: true } }]
# clusters/base/values.yaml
a: 1
# clusters/base/release.yaml
{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: { name: harbor, namespace: harbor }, spec: { valuesFrom: [{ kind: ConfigMap, name: values-1 }] } }
# clusters/region-a/kustomization.yaml
resources: [../base]
configMapGenerator: [{ name: region-1, namespace: harbor, files: [values.yaml=region.yaml] }]
patches:
  - target: { kind: HelmRelease, name: harbor }
    patch: '[{ op: add, path: /spec/valuesFrom/-, value: { kind: ConfigMap, name: region-1 } }]'
# clusters/region-a/region.yaml
a: 2`

test('builds an overlay on its base: generators add objects, JSON patches change them', () => {
  const { objects, missing, opaque } = build(overlay)
  expect(objects.map(({ object }) => `${object.kind} ${object.metadata.name}`)).toEqual([
    'HelmRelease harbor',
    'ConfigMap values-1',
    'ConfigMap region-1',
  ])
  expect(objects[0]?.object.spec).toEqual({
    valuesFrom: [
      { kind: 'ConfigMap', name: 'values-1' },
      { kind: 'ConfigMap', name: 'region-1' },
    ],
  })
  expect({ missing, opaque }).toEqual({ missing: [], opaque: false })
})

test('names what a kustomization lists and what is not there', () => {
  expect(build(overlay.replace('# clusters/region-a/region.yaml', '# clusters/region-a/other.yaml')).missing).toEqual([
    { file: 'clusters/region-a/kustomization.yaml', at: 'configMapGenerator[0].files[0]', path: 'region.yaml' },
  ])
})

test('takes all files of a folder without a kustomization, as Flux does', () => {
  const { objects } = build(`
# clusters/region-a/one.yaml
{ apiVersion: v1, kind: ConfigMap, metadata: { name: one } }
# clusters/region-a/below/two.yaml
{ apiVersion: v1, kind: ConfigMap, metadata: { name: two } }`)
  expect(objects.map(({ object }) => object.metadata.name)).toEqual(['two', 'one'])
})

test('a namespace of the kustomization renames a Namespace and leaves cluster-scoped objects alone', () => {
  const { objects } = build(`
# clusters/region-a/kustomization.yaml
namespace: harbor
resources: [all.yaml]
# clusters/region-a/all.yaml
{ apiVersion: v1, kind: Namespace, metadata: { name: _ } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings } }
---
{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast } }`)
  expect(objects.map(({ object }) => object.metadata)).toEqual([
    { name: 'harbor' },
    { name: 'settings', namespace: 'harbor' },
    { name: 'fast' },
  ])
})

test('does not claim to know what only kustomize can tell', () => {
  expect(
    build(`
# clusters/region-a/kustomization.yaml
resources: ["https://example.org/all.yaml"]`).opaque,
  ).toBe(true)
})

test('a cluster is all that its root leads to, and nothing of another source', () => {
  const repository = readRepository(
    filesOf(`
# clusters/region-a/kustomization.yaml
resources: [sync.yaml]
# clusters/region-a/sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbor-install, namespace: flux-system }
spec: { path: ./clusters/base/harbor, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: gateway-api, namespace: flux-system }
spec: { path: ./config/crd, sourceRef: { kind: GitRepository, name: gateway-api } }
---
{ apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: { name: gateway-api, namespace: flux-system } }
# clusters/base/harbor/settings.yaml
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: harbor } }`),
  )
  expect(
    repository
      .clusters()
      .map(({ folder, applied }) => ({ folder, applied: applied.map(({ name, build: { objects } }) => `${name} ${objects.length}`) })),
  ).toEqual([{ folder: 'clusters/region-a', applied: ['clusters/region-a 3', 'flux-system/harbor-install 1'] }])
})
