import { catalog } from '@openova/catalog'
import { aLaCarteNames, type ComponentName, createPlan, type PlatformSpec, type ProductName } from '@openova/core'
import { describe, expect, test } from 'vitest'
import { chosenAlone, testPlatform } from '../src/index.ts'

describe('a choice adds what it requires, and says who asked', () => {
  test.each<[ProductName, Record<string, string>]>([
    [
      'cortex',
      {
        cnpg: 'needs a database',
        ferretdb: 'librechat needs a database of documents',
        clickhouse: 'langfuse needs an analytical database',
        valkey: 'langfuse needs a cache',
      },
    ],
    [
      'fingate',
      { clickhouse: 'openmeter needs an analytical database', strimzi: 'needs a topic', cnpg: 'needs a database', valkey: 'needs a cache' },
    ],
    ['fabric', { cnpg: 'needs a database', strimzi: 'product fabric', minio: 'mandatory' }],
    ['relay', { cnpg: 'needs a database', valkey: 'needs a cache', stunner: 'product relay' }],
  ])('product %s', (product, expected) => {
    const reasons = reasonsOf(platformWith({}, [product]))
    for (const [name, reason] of Object.entries(expected)) expect(reasons[name]).toContain(reason)
  })

  test('librechat brings ferretdb, llm-gateway and cnpg, and warns that there is no model', () => {
    const platform = platformWith({ librechat: {} })
    const reasons = reasonsOf(platform)
    expect(reasons).toMatchObject({ ferretdb: expect.stringContaining('librechat'), 'llm-gateway': expect.stringContaining('librechat') })
    expect(reasons.cnpg).toContain('needs a database')
    expect(messages(platform, 'warning')).toContainEqual(expect.stringMatching(/model/))
  })

  test('debezium brings strimzi, and is refused where there is nothing to read', () => {
    const platform = platformWith({ debezium: {} })
    expect(reasonsOf(platform).strimzi).toContain('debezium')
    expect(messages(platform, 'error')).toContainEqual(expect.stringMatching(/nothing to read/))
    expect(messages(platformWith(chosenAlone('debezium')), 'error')).toEqual([])
  })

  test('bge brings kserve where there are GPUs, and elsewhere warns that it is slower', () => {
    expect(reasonsOf(platformWith({ bge: {} }))).not.toHaveProperty('kserve')
    expect(messages(platformWith({ bge: {} }), 'warning')).toContainEqual(expect.stringMatching(/GPU/))
    const withGpus = platformWith({ bge: {} })
    for (const { pools } of withGpus.spec.regions)
      pools.push({ ...pools[0]!, name: 'gpu', role: 'agent', source: 'external', count: 2, gpu: { model: 'A10', count: 2 } })
    expect(reasonsOf(withGpus).kserve).toContain('bge')
  })

  test('two mail servers want valkey, one does not', () => {
    expect(messages(platformWith({ stalwart: { values: { replicas: 2 } } }), 'error')).toContainEqual(expect.stringMatching(/valkey/))
    expect(messages(platformWith({ stalwart: { values: { replicas: 1 } } }), 'error')).toEqual([])
  })

  test('what is only used where it is there adds nothing', () => {
    expect(reasonsOf(platformWith({ temporal: {} }))).not.toHaveProperty('keycloak')
    expect(reasonsOf(platformWith({}))).not.toHaveProperty('cnpg')
  })
})

test('no two components require each other', () => {
  const requires = new Map(
    aLaCarteNames.map((name): [ComponentName, string[]] => [
      name,
      Object.keys(reasonsOf(platformWith(chosenAlone(name)))).filter((other) => other !== name),
    ]),
  )
  const companions = (name: ComponentName) => Object.keys(chosenAlone(name))
  const mutual = aLaCarteNames.flatMap((name) =>
    aLaCarteNames
      .filter((other) => name < other && requires.get(name)?.includes(other) && requires.get(other)?.includes(name))
      .filter((other) => !companions(name).includes(other) && !companions(other).includes(name))
      .map((other) => `${name} and ${other}`),
  )
  expect(mutual).toEqual([])
})

/** Nothing is chosen beyond what is said. */
function platformWith(components: PlatformSpec['spec']['components'], products: ProductName[] = []): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components = { velero: platform.spec.components.velero!, ...components }
  platform.spec.products = products
  return platform
}

/** Everybody who is not there anyway, but for those that say `mandatory`. */
function reasonsOf(platform: PlatformSpec): Record<string, string> {
  const { plan } = createPlan(platform, catalog)
  const units = plan?.regions[0]?.units ?? []
  return Object.fromEntries(units.map(({ name, reason }) => [name, reason]))
}

const messages = (platform: PlatformSpec, severity: 'error' | 'warning') =>
  createPlan(platform, catalog)
    .findings.filter((finding) => finding.severity === severity)
    .map(({ message }) => message)
