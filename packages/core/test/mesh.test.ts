import { expect, test } from 'vitest'
import { type Region, regionServices } from '../src/index.ts'

const region = (name: string): Region => ({
  name,
  ordinal: 1,
  clusterName: name,
  code: 'hfrp',
  location: 'fsn',
  network: { nodes: '', pods: '', services: '', layer2: false },
  servers: [],
  nodes: 3,
  pools: [],
})
const endpoint = { selector: { app: 'minio' }, ports: [{ name: 'https', port: 9000 }] }

test('names each region once, and selects pods only in the one that renders', () => {
  const services = regionServices('minio', endpoint, { region: region('region-b'), peer: region('region-a') })

  expect(services.map(({ name, body }) => [name, body.spec])).toEqual([
    ['minio-region-b', expect.objectContaining({ selector: { app: 'minio' } })],
    ['minio-region-a', expect.objectContaining({ selector: undefined })],
  ])
  expect(services.every(({ annotations }) => annotations['service.cilium.io/global'] === 'true')).toBe(true)
})

test('makes none where there is one region', () => {
  expect(regionServices('minio', endpoint, { region: region('region-a') })).toEqual([])
})
