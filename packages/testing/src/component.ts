import { describe, expect, test } from 'vitest'
import type { Component, PlatformSpec, Product, Tree } from '@openova/core'
import { render } from '@openova/render'
import { filesOf, printDifference, printFiles } from './golden.ts'
import { planOf } from './plan.ts'
import { oneRegion, testPlatform } from './platform.ts'

/** A platform in which the component shows another side; its name is the golden file's. */
export interface Case {
  name: string
  /** From the test platform, in which the component is chosen; may be changed in place. */
  spec: (base: PlatformSpec) => PlatformSpec
}

interface Options {
  /** What every case starts from, where the defaults alone make no platform: a source to read, a model to call. */
  platform?: Case['spec']
  cases?: readonly Case[]
}

/**
 * Tests a component by what it renders. `test/golden/default.yaml` holds all files of its folders on the test platform,
 * `test/golden/<case>.yaml` those that are different in a case. `vitest -u` writes them anew: read the difference before you commit it.
 */
export function testComponent(component: Component | Product, { platform: prepare = asIs, cases = [] }: Options = {}): void {
  const platformWith = () => prepare(withComponent(component))
  describe(`component ${component.name}`, () => {
    test('renders what its golden file says', async () => {
      const files = rendered(platformWith())
      expect(files.size).toBeGreaterThan(0)
      await expect(printFiles(files)).toMatchFileSnapshot('golden/default.yaml')
    })

    for (const { name, spec } of cases) {
      test(`renders ${name} as its golden file says`, async () => {
        const files = rendered(spec(platformWith()))
        await expect(printDifference(rendered(platformWith()), files)).toMatchFileSnapshot(`golden/${name}.yaml`)
      })
    }

    test('with one region renders nothing that needs a peer', () => {
      const platform = platformWith()
      const [, second] = platform.spec.regions
      const files = rendered(oneRegion(platform))
      expect([...files.keys()].filter((path) => path.includes('/peer/'))).toEqual([])
      expect([...files].filter(([, text]) => text.includes(second!.name)).map(([path]) => path)).toEqual([])
    })
  })

  function rendered(platform: PlatformSpec): Tree {
    return filesOf(treeOf(platform), component.name)
  }
}

const asIs = (platform: PlatformSpec) => platform

/** Most cases of most components start from the same platform; the catalog does not change while tests run. */
const trees = new Map<string, Tree>()

function treeOf(platform: PlatformSpec): Tree {
  const key = JSON.stringify(platform)
  const known = trees.get(key) ?? render(planOf(platform))
  trees.set(key, known)
  return known
}

/** The test platform, with the component where it is not in it anyway. */
function withComponent(component: Component | Product): PlatformSpec {
  const platform = testPlatform()
  if ('bundles' in component) platform.spec.products.push(component.name)
  else if (component.tier === 'a-la-carte') platform.spec.components[component.name] ??= {}
  return platform
}
