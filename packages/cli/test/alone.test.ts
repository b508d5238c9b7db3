import { catalog } from '@openova/catalog'
import { aLaCarteNames, createPlan, type Finding, type PlatformSpec, productNames } from '@openova/core'
import { render } from '@openova/render'
import { chosenAlone, oneRegion, testPlatform } from '@openova/testing'
import { validate } from '@openova/validate'
import { describe, expect, test } from 'vitest'

describe.each([
  ['two regions', (platform: PlatformSpec) => platform],
  ['one region', oneRegion],
])('on the mandatory set in %s', (_, regions) => {
  test.each(aLaCarteNames.filter((name) => catalog.components.has(name)))('%s builds with what it requires, and nothing else', (name) => {
    const platform = regions(roomy())
    platform.spec.components = { velero: platform.spec.components.velero!, ...chosenAlone(name) }
    expect(errorsOf(platform)).toEqual([])
  })

  test.each(productNames.filter((name) => catalog.products.has(name)))('product %s builds with what it adds', (name) => {
    const platform = regions(roomy())
    platform.spec.products = [name]
    expect(errorsOf(platform)).toEqual([])
  })
})

function errorsOf(platform: PlatformSpec): Pick<Finding, 'code' | 'at' | 'message'>[] {
  const { plan, findings } = createPlan(platform, catalog)
  const all = plan ? [...findings, ...validate(plan, render(plan), { catalog })] : findings
  return all.filter(({ severity }) => severity === 'error').map(({ code, at, message }) => ({ code, at, message }))
}

/** Nodes on which anything fits: four GPUs on two of them. */
function roomy(): PlatformSpec {
  const platform = testPlatform()
  for (const region of platform.spec.regions) {
    const [server] = region.pools
    region.pools = [
      { ...server!, count: 5, cpu: 32, memory: 128 },
      {
        ...server!,
        name: 'gpu',
        role: 'agent',
        source: 'external',
        count: 2,
        cpu: 16,
        memory: 64,
        volumes: 0,
        gpu: { model: 'A10', count: 2 },
      },
    ]
  }
  return platform
}
