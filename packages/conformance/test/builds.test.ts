import { expect, test } from 'vitest'
import { checkBuilds } from '../src/checks/builds.ts'
import { treeOf } from './tree.ts'

/** Stands for kustomize: a directory builds unless its name says otherwise. */
const kustomize = {
  build: (directories: string[]) =>
    Promise.resolve(
      directories.map((path) =>
        path.includes('broken') ? { path, objects: 0, error: `${path}: no such file: gone.yaml` } : { path, objects: 2 },
      ),
    ),
}

const fluxKustomization = (path: string, source = 'flux-system') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: demo-config }\nspec: { path: ${path}, sourceRef: { kind: GitRepository, name: ${source} } }\n`

test('accepts a tree that builds and whose Flux paths lead somewhere', async () => {
  const { findings, summary } = await checkBuilds(
    treeOf({ 'base/demo/config/kustomization.yaml': '', 'region-a/demo/sync.yaml': fluxKustomization('./clusters/base/demo/config') }),
    kustomize,
  )
  expect(findings).toEqual([])
  expect(summary).toBe('1 of 1 directories build (2 objects), 1 of 1 Flux paths lead to one')
})

test('refuses a kustomization with a missing file, named from the project', async () => {
  const { findings } = await checkBuilds(treeOf({ 'base/broken/config/kustomization.yaml': 'resources: [gone.yaml]\n' }), kustomize)
  expect(findings).toEqual([
    expect.objectContaining({
      code: 'does-not-build',
      severity: 'error',
      file: 'clusters/base/broken/config/kustomization.yaml',
      message: 'Unexpected failure of kustomize: clusters/base/broken/config: no such file: gone.yaml',
    }),
  ])
})

test('refuses a Flux Kustomization that points nowhere', async () => {
  const { findings } = await checkBuilds(
    treeOf({ 'region-a/demo/sync.yaml': fluxKustomization('clusters/region-a/demo/setup') }),
    kustomize,
  )
  expect(findings).toEqual([
    expect.objectContaining({ code: 'flux-path-missing', file: 'clusters/region-a/demo/sync.yaml', at: 'spec.path' }),
  ])
})

test('leaves a Flux Kustomization alone that reads another source', async () => {
  const source = 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: elsewhere }\n'
  const { findings } = await checkBuilds(
    treeOf({ 'base/demo/config/source.yaml': source, 'region-a/demo/sync.yaml': fluxKustomization('./deploy', 'elsewhere') }),
    kustomize,
  )
  expect(findings).toEqual([])
})
