import { type Part, parseMemory, type Services } from '@openova/core'
import type { CnpgValues } from './values.ts'

type Spec = Part<'postgresql.cnpg.io/v1/Cluster', 'spec'>
type Ask = Services['database']['ask']
interface Engine {
  cpu: string
  memory: string
  /** Of the Cluster, beside what all have. */
  spec: Pick<Spec, 'imageName' | 'postgresUID' | 'postgresGID'>
  postgresql: Part<'postgresql.cnpg.io/v1/Cluster', 'spec.postgresql'>
  /** At the birth of the first database. */
  initdb: Part<'postgresql.cnpg.io/v1/Cluster', 'spec.bootstrap.initdb'>
}

/** The servers of a cluster: their image, their size and what they are told. */
export function engineOf(ask: Ask, values: CnpgValues): Engine {
  const { cpu, memory, postgresql = {}, initdb = {}, spec } = engines[ask.engine ?? 'postgresql'](ask, values)
  const cache = { shared_buffers: `${Math.floor(parseMemory(memory) / 4 / 2 ** 20)}MB` }
  return {
    cpu,
    memory,
    spec,
    postgresql: { ...postgresql, parameters: { ...cache, ...postgresql.parameters } },
    initdb: { ...localeOf(ask), ...initdb },
  }
}

/** FerretDB's extension lives in the database `postgres`, and nowhere else. */
export const databaseOf = ({ name, engine }: Ask): string => (engine === 'documentdb' ? 'postgres' : name)

/** Collation and character classes of a database; others than the template's need the empty template. */
export const localeOf = ({ locale }: Ask) => (locale === undefined ? {} : { encoding: 'UTF8', localeCollate: locale, localeCType: locale })

/** What differs between them. */
type Own = Pick<Engine, 'cpu' | 'memory' | 'spec'> & Partial<Engine>
const engines: Readonly<Record<NonNullable<Ask['engine']>, (ask: Ask, values: CnpgValues) => Own>> = {
  postgresql: (_, { memory }) => ({ cpu: '100m', memory, spec: { imageName: 'ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie' } }),
  documentdb: ({ name }, { documentMemory }) => ({
    cpu: '190m',
    memory: documentMemory,
    // Its version belongs to that of FerretDB; the users of this image have other numbers than those of CNPG.
    spec: { imageName: 'ghcr.io/ferretdb/postgres-documentdb:17-0.107.0-ferretdb-2.7.0', postgresUID: 999, postgresGID: 999 },
    postgresql: {
      shared_preload_libraries: ['pg_cron', 'pg_documentdb_core', 'pg_documentdb'],
      // The extension calls its own server without a password, to build an index for one.
      pg_hba: ['host all all 127.0.0.1/32 trust', 'host all all ::1/128 trust'],
      parameters: {
        'cron.database_name': 'postgres',
        'documentdb.enableCompact': 'true',
        'documentdb.enableLetAndCollationForQueryMatch': 'true',
        'documentdb.enableNowSystemVariable': 'true',
        'documentdb.enableSortbyIdPushDownToPrimaryKey': 'true',
        'documentdb.enableSchemaValidation': 'true',
        'documentdb.enableBypassDocumentValidation': 'true',
        'documentdb.enableUserCrud': 'true',
        'documentdb.maxUserLimit': '100',
      },
    },
    initdb: {
      // In `postgres`, after the owner was made: as much as FerretDB needs, so that it is no superuser.
      postInitSQL: [
        'CREATE EXTENSION IF NOT EXISTS documentdb CASCADE',
        `GRANT documentdb_admin_role TO "${name}"`,
        `GRANT USAGE ON SCHEMA documentdb_data TO "${name}"`,
        `GRANT SET ON PARAMETER documentdb.maxUserLimit TO "${name}"`,
      ],
    },
  }),
}
