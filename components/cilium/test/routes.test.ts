import type { ClaimOf, ComponentName, ProductName, Services } from '@openova/core'
import { planOf, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import { routesOf } from '../src/routes.ts'

const { platform, regions } = planOf(testPlatform())
const [here, there] = regions.map(({ region }) => region)

function claim(ask: Partial<Services['host']['ask']> = {}): ClaimOf<'host'> {
  const grant = { name: '', url: '', regionName: '', regionUrl: '', secret: '' }
  return {
    kind: 'host',
    key: 'web',
    consumer: 'harbor',
    namespace: 'harbor',
    before: 'install',
    secret: '',
    credential: '',
    grant,
    ask: { name: 'harbor', service: 'harbor', port: 80, ...ask },
  }
}

function routes(
  ask: Partial<Services['host']['ask']>,
  { chosen = [], single = false }: { chosen?: (ComponentName | ProductName)[]; single?: boolean } = {},
) {
  return routesOf(claim(ask), { platform, region: here!, peer: single ? undefined : there, has: (name) => chosen.includes(name) }).map(
    ({ name, body }) => {
      const { hostnames, parentRefs, rules } = body['spec'] as {
        hostnames: string[]
        parentRefs: { name: string }[]
        rules: { backendRefs: { name: string }[] }[]
      }
      return {
        name,
        hostnames,
        parent: [...new Set(parentRefs.map((parent) => parent.name))].join(),
        backend: rules[0]!.backendRefs[0]!.name,
      }
    },
  )
}

const names = ['harbor.hfrp.example.com', 'harbor.example.com']
const gslb = 'harbor.gslb.example.com'

describe('a host', () => {
  test('leads to its app until there is a WAF', () => {
    expect(routes({})).toEqual([
      { name: 'harbor', hostnames: names, parent: 'public', backend: 'harbor' },
      { name: 'harbor-internal', hostnames: names, parent: 'internal', backend: 'harbor' },
    ])
  })

  test('leads through the WAF where there is one, and past it where a reason stands', () => {
    expect(routes({}, { chosen: ['coraza'] })[0]).toMatchObject({ name: 'harbor', backend: 'coraza-waf' })
    expect(routes({}, { chosen: ['coraza'] })[1]).toMatchObject({ name: 'harbor-internal', backend: 'harbor' })
    expect(routes({ waf: { off: 'uploads' } }, { chosen: ['coraza'] })[0]).toMatchObject({ backend: 'harbor' })
  })

  test('is balanced by a route of its own, with the delegated name only and the app itself behind it', () => {
    expect(routes({}, { chosen: ['k8gb', 'coraza'] })).toMatchObject([
      { name: 'harbor', hostnames: [...names, gslb] },
      { name: 'harbor-internal', hostnames: names },
      { name: 'harbor-gslb', hostnames: [gslb], parent: 'internal', backend: 'harbor' },
    ])
  })

  test('is not balanced with one region', () => {
    expect(routes({}, { chosen: ['k8gb'], single: true }).map(({ name }) => name)).toEqual(['harbor', 'harbor-internal'])
  })

  test('of the inside never reaches the public Gateway', () => {
    expect(routes({ audience: 'internal' }, { chosen: ['k8gb', 'coraza'] }).map(({ parent }) => parent)).toEqual(['internal'])
  })
})
