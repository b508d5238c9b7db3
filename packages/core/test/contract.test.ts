import { expect, expectTypeOf, test } from 'vitest'

import { bucket, cache, database, defineComponent, deployment, generate, host, optional, release, secret, valuesOf } from '../src/index.ts'

const chart = { name: 'harbor', repository: 'https://helm.goharbor.io', version: '1.19.1' }

const sample = defineComponent({
  name: 'harbor',
  tier: 'mandatory',
  category: 'registry',
  namespace: 'harbor',
  values: valuesOf<{ replicas: number; ui: boolean }>({}),
  needs: {
    web: host({ name: 'harbor', service: 'harbor', port: 80 }),
    images: bucket({ name: 'harbor-registry' }),
    db: optional(database({ name: 'registry' })),
    redis: optional(cache({ scope: 'regional' })),
    admin: secret('admin', { password: generate(24) }),
  },
  releases: ({ values, granted }) => {
    expectTypeOf(values.replicas).toEqualTypeOf<number>()
    expectTypeOf(granted.web.regionUrl).toEqualTypeOf<string>()
    expectTypeOf(granted.images.peer?.endpoint).toEqualTypeOf<string | undefined>()
    expectTypeOf(granted.db?.host).toEqualTypeOf<string | undefined>()
    // @ts-expect-error -- an optional need may be undefined
    const host = granted.db.host
    // @ts-expect-error -- not a key of the needs
    const nothing = granted.other
    // @ts-expect-error -- a bucket has no address
    const address = granted.images.address
    return [
      release('harbor', {
        chart,
        workloads: [deployment('core', { replicas: values.replicas, cpu: '1', memory: '1Gi' })],
        values: { host, nothing, address },
      }),
    ]
  },
})

test('a definition is the data that was handed over', () => {
  expect(sample).toMatchObject({
    name: 'harbor',
    needs: { db: { kind: 'database', mode: 'optional' }, web: { mode: 'required', before: 'install' } },
  })
})

test('a Secret is described by templates over the parts of the credential', () => {
  const asked = database({ name: 'registry', secret: (pg) => ({ DSN: `postgres://${pg.username}:${pg.password}@${pg.host}` }) })
  expect(asked.secret).toEqual({ DSN: 'postgres://{{ .username }}:{{ .password }}@{{ .host }}' })
  expect(asked.ask).toEqual({ name: 'registry' })
})

test('mistakes in a definition do not compile', () => {
  const { name, tier, category, namespace, values } = sample
  const common = { tier: 'mandatory', category, namespace, values } as const
  const definitions = [
    // @ts-expect-error -- no such component
    () => defineComponent({ ...common, name: 'harbour' }),
    // @ts-expect-error -- no such key
    () => defineComponent({ ...common, name: 'harbor', metric: [] }),
    // @ts-expect-error -- no such budget
    () => defineComponent({ ...common, name: 'harbor', budget: 'big' }),
    // @ts-expect-error -- no such stage
    () => defineComponent({ ...common, name: 'harbor', after: { instal: [] } }),
    // @ts-expect-error -- an edge names a component and a stage
    () => defineComponent({ ...common, name: 'harbor', after: { install: ['minio'] } }),
    // @ts-expect-error -- a deployment says how many
    () => deployment('core', { cpu: '1', memory: '1Gi' }),
    // @ts-expect-error -- a typo in a size
    () => deployment('core', { replicas: 1, cpu: '1', memry: '1Gi' }),
    // @ts-expect-error -- a release has no such key
    () => release('harbor', { chart, workloads: [], values: {}, helm: 1 }),
    // @ts-expect-error -- a bucket's credential has no password
    () => bucket({ name: 'x', secret: (s3) => ({ a: s3.password }) }),
    // @ts-expect-error -- a host has no such option
    () => host({ name: 'x', service: 'x', port: 80, audiance: 'internal' }),
  ]
  expect([name, tier, definitions.length]).toEqual(['harbor', 'mandatory', 10])
})
