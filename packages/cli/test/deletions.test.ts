import { painter, printDeletions } from '@openova/report'
import { describe, expect, test } from 'vitest'
import { deletionsOf } from '../src/write/deletions.ts'
import type { Manifest } from '../src/write/manifest.ts'

const before: Manifest = {
  files: new Map(
    [
      'base/temporal/needs/cluster-temporal.yaml',
      'base/temporal/needs/kustomization.yaml',
      'base/temporal/install/helmrelease-temporal.yaml',
      'base/temporal/install/values-temporal.yaml',
      'region-a/temporal/needs/service-temporal-write.yaml',
      'region-b/temporal/needs/service-temporal-write.yaml',
      'base/harbor/config/job-projects.yaml',
      'base/harbor/config/job-replication.yaml',
      'base/namespaces/namespace-temporal.yaml',
    ].map((path) => [path, ['hash']]),
  ),
  grants: { temporal: ['bucket/cnpg-temporal', 'database/temporal'], harbor: ['bucket/harbor-registry'] },
}
const tree = (...paths: string[]) => new Map(paths.map((path) => [path, '']))
const plain = painter(false)

describe('what Flux deletes', () => {
  test('a component that leaves takes its objects and its databases with it', () => {
    const deletions = deletionsOf(before, {
      tree: tree('base/harbor/config/job-projects.yaml', 'base/harbor/config/job-replication.yaml'),
      grants: { harbor: ['bucket/harbor-registry'] },
    })
    expect(deletions).toEqual([
      {
        unit: 'temporal',
        whole: true,
        objects: { cluster: 1, helmrelease: 1, service: 1 },
        lost: ['database/temporal'],
        left: ['bucket/cnpg-temporal'],
      },
    ])
    expect(printDeletions(deletions, plain)).toBe(`Flux will delete, once this is on its branch (README, "Taking something out"):
  temporal: all of it, 3 objects (1 cluster, 1 helmrelease, 1 service)
    with its data: database \`temporal\`
    stays, without a user: bucket \`cnpg-temporal\`
    stays: its namespace, and the volume claims in it
`)
  })

  test('an object that moves to the overlays stays, one that is gone is named', () => {
    const paths = [...before.files.keys()].filter((path) => !path.includes('harbor'))
    const { grants } = before
    expect(deletionsOf(before, { tree: tree(...paths, 'region-a/harbor/config/job-projects.yaml'), grants })).toEqual([
      { unit: 'harbor', whole: false, objects: { job: 1 }, lost: [], left: [] },
    ])
  })

  test('nothing is said where nothing leaves', () => {
    expect(deletionsOf(before, { tree: tree(...before.files.keys()), grants: before.grants })).toEqual([])
    expect(printDeletions([], plain)).toBe('')
  })
})
