import type { Facts, Problem } from '@openova/core'
import type { DebeziumValues } from './values.ts'

/** Something must be there to read, under a name of its own. */
export function checkSources({ values: { database, sources }, has, writeRegion }: Facts<DebeziumValues>): Problem[] {
  const own = database.enabled && has('cnpg')
  const names = [...(own ? ['source'] : []), ...sources.map(({ name }) => name)]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  const writer = writeRegion('debezium')
  return [
    ...(writer === writeRegion('strimzi')
      ? []
      : [
          {
            at: '',
            severity: 'warning' as const,
            message: `Unexpected debezium in ${writer} with Kafka written in ${writeRegion('strimzi')}, expected both in one region: what it publishes is not mirrored`,
            fix: 'name the same region for debezium and strimzi in `writeRegions`',
          },
        ]),
    ...(names.length === 0
      ? [
          {
            at: 'sources',
            message: `Unexpected debezium with nothing to read: ${database.enabled ? 'cnpg is not chosen' : '`database.enabled` is false'} and \`sources\` is empty`,
            fix: database.enabled
              ? 'add cnpg, or name a PostgreSQL outside the platform in `sources`'
              : 'set `database.enabled`, or name a PostgreSQL outside the platform in `sources`',
          },
        ]
      : []),
    ...(twice === undefined
      ? []
      : [{ at: 'sources', message: `Unexpected second source \`${twice}\`, expected a name for each`, fix: 'rename one of the two' }]),
  ]
}
