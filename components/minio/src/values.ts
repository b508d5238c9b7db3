import { valuesOf } from '@openova/core'
import schema from '../values.schema.json' with { type: 'json' }

export interface MinioValues {
  /** Servers, one a node; decided at the first start, it cannot change afterwards. */
  replicas: number
  /** Volume of each server; with three of them two thirds of the sum hold data. */
  storage: string
  /** CPU that each server asks for. */
  cpu: string
  /** Memory that each server asks for. */
  memory: string
  /** Age at which objects of a bucket with a tier move to the archival storage. */
  archiveAfterDays: number
}
export const values = valuesOf<MinioValues>(schema)
