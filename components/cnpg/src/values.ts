import { valuesOf } from '@openova/core'
import schema from '../values.schema.json' with { type: 'json' }

export interface CnpgValues {
  /** Pods of the operator; databases go on without it. */
  operatorReplicas: number
  /** PostgreSQL servers of each cluster in a region: one writes, the others follow. */
  instances: number
  /** Volume of each server, where the consumer of the database asks for nothing else. */
  storage: string
  /** Memory that each server asks for; a quarter of it is PostgreSQL's own cache. */
  memory: string
  /** PgBouncer between the consumers and a database that lives in one region. */
  pooler: {
    /** Whether consumers are led through it. */
    enabled: boolean
    /** Pods of each pooler. */
    instances: number
  }
  /** Base backups and the log of all changes, in MinIO. */
  backup: {
    /** When a base backup is taken, as a cron line of six fields, seconds first. */
    schedule: string
    /** Days to which a database can be set back. */
    keepDays: number
  }
}
export const values = valuesOf<CnpgValues>(schema)
