import type { PlatformSpec, Tree } from '@openova/core'
import { render } from '@openova/render'
import { describe, expect, test } from 'vitest'
import { oneRegion, planOf, testPlatform } from '../src/index.ts'

type Spec = PlatformSpec['spec']

const usual = render(planOf(testPlatform()))

/** Each choice, and the only components whose folders it may change; the region README may always. */
describe.each<[choice: string, change: (spec: Spec) => void, units: string[]]>([
  ['load balancer k8gb', (spec) => (spec.loadBalancer = 'k8gb'), ['cilium', 'gitea', 'k8gb', 'coraza', 'opentofu']],
  ['load balancer cilium-l2', (spec) => layer2(spec), ['cilium', 'gitea', 'opentofu', 'k8gb', 'coraza']],
  ['DNS provider hetzner-dns', (spec) => (spec.dns = 'hetzner-dns'), ['cert-manager', 'external-dns', 'k8gb', 'gitea', 'vpa']],
  ['archival at another endpoint', (spec) => (spec.components['velero'] = archive), ['velero']],
  ['another write region', (spec) => (spec.writeRegion = 'region-b'), ['k8gb', 'gitea', 'failover-controller']],
  ['another branch of the Git source', (spec) => (spec.git = { ...spec.git, branch: 'release' }), ['flux', 'gitea']],
])('%s', (_, change, units) => {
  const platform = testPlatform()
  change(platform.spec)
  const changed = difference(usual, render(planOf(platform)))

  test('changes the tree', () => {
    expect(changed.filter((path) => !path.endsWith('README.md'))).not.toEqual([])
  })

  test('changes nothing but the components whose business it is', () => {
    const others = changed.filter((path) => !path.endsWith('README.md') && !units.includes(path.split('/')[1]!))
    expect(others).toEqual([])
  })
})

test('with one region nothing names another, and no stage needs a peer', () => {
  const tree = render(planOf(oneRegion(testPlatform())))
  expect([...tree].filter(([path, text]) => path.includes('/peer/') || text.includes('region-b')).map(([path]) => path)).toEqual([])
})

const archive = { values: { archival: { bucket: 'other', endpoint: 'https://other.r2.cloudflarestorage.com' } } }

function layer2(spec: Spec): void {
  spec.loadBalancer = 'cilium-l2'
  spec.components['cilium'] = { values: { loadBalancer: { addresses: ['10.0.1.240-10.0.1.249'] } } }
  for (const region of spec.regions) {
    region.network.layer2 = true
    region.pools = region.pools.map((pool) => ({ ...pool, source: 'external' }))
  }
}

function difference(before: Tree, after: Tree): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).toSorted()
}
