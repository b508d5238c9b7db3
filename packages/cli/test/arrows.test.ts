import { createPlan, defineComponent, documents, type Plan, type PlatformSpec, valuesOf } from '@openova/core'
import { type Arrow, arrows, catalogWith, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'

describe.each([
  ['region-a', 'region-b'],
  ['region-b', 'region-a'],
])('with %s as the write region', (writes, follows) => {
  const spec = platformWriting(writes)
  const { plan } = createPlan(spec, catalogWith(notes))
  const objects = { [writes]: objectsIn(plan!, writes), [follows]: objectsIn(plan!, follows) }

  test.each(Object.entries(arrows))('%s has both ends, and each part of it is missed', (_, arrow) => {
    expect(missing(arrow, objects)).toEqual([])
    for (const region of [writes, follows]) {
      for (const part of partsIn(arrow, region)) {
        const [name = ''] = part.split(': ')
        const without = { ...objects, [region]: new Map([...objects[region]!].filter(([id]) => id !== name)) }
        expect(missing(arrow, without), `without ${name} in ${region}`).toContain(`${region}: ${part}`)
      }
    }
  })

  function missing(arrow: Arrow, found: Readonly<Record<string, ReadonlyMap<string, string>>>): string[] {
    return [writes, follows].flatMap((region) =>
      partsIn(arrow, region)
        .filter((part) => {
          const [name = '', ...text] = part.split(': ')
          return found[region]?.get(name)?.includes(text.join(': ')) !== true
        })
        .map((part) => `${region}: ${part}`),
    )
  }

  function partsIn(arrow: Arrow, region: string): string[] {
    const places: Readonly<Record<string, string>> = { w: writes, o: follows, W: writes.slice(-1), O: follows.slice(-1) }
    return arrow[region === writes ? 'writes' : 'follows'].map((part) =>
      part.replaceAll(/\{([woWO])\}/g, (_, place: string) => places[place]!),
    )
  }
})

/** Keeps documents: FerretDB leads nobody anywhere before somebody asks. */
const notes = defineComponent({
  name: 'librechat',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: 'librechat',
  values: valuesOf<Record<never, never>>({}),
  needs: { store: documents({ name: 'notes' }) },
})

/** One line decides all directions. */
function platformWriting(region: string): PlatformSpec {
  const platform = testPlatform()
  platform.spec.writeRegion = region
  for (const name of ['librechat', 'temporal', 'ferretdb', 'strimzi', 'valkey', 'clickhouse', 'milvus', 'keycloak'])
    platform.spec.components[name] = {}
  return platform
}

/** `Kind namespace/name`, and what stands in it. */
function objectsIn({ regions }: Plan, region: string): Map<string, string> {
  const { units } = regions.find((one) => one.region.name === region)!
  const stages = units.flatMap((unit) => unit.stages)
  return new Map([
    ...stages
      .flatMap(({ releases }) => releases)
      .map(({ namespace, name, values }) => [`Release ${namespace}/${name}`, JSON.stringify(values)] as const),
    ...stages
      .flatMap(({ resources }) => resources)
      .map(
        ({ kind, namespace, name, body }) =>
          [`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`, JSON.stringify(body)] as const,
      ),
  ])
}
