import type { Facts, Problem } from '@openova/core'
import type { FabricValues } from './values.ts'

const chain = ['debezium', 'strimzi', 'flink', 'iceberg', 'clickhouse'] as const

/** What runs in the write region only finds the next of the chain in that region, or nowhere. */
export function checkRegions({ writeRegion }: Facts<FabricValues>): Problem[] {
  const writers = chain.map((name) => ({ name, region: writeRegion(name) }))
  const here = writeRegion('flink')
  const elsewhere = writers.filter(({ region }) => region !== here)
  if (elsewhere.length === 0) return []
  const named = elsewhere.map(({ name, region }) => `${name} in ${region}`).join(', ')
  return [
    {
      at: '',
      message: `Unexpected ${named} with Flink written in ${here}, expected all of ${chain.join(', ')} in one region`,
      fix: 'name the same region for them in `writeRegions`',
    },
  ]
}
