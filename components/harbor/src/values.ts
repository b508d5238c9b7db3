import { valuesOf } from '@openova/core'
import schema from '../values.schema.json' with { type: 'json' }

export interface HarborValues {
  /** Pods of core, of the registry and of the entry before them. */
  replicas: number
  /** Pods that replicate, clean up and scan. */
  jobReplicas: number
  /** Private projects that are made, and sent to the other region, beside `library`. */
  projects: string[]
  /** Registries whose images are kept here once they were pulled, each in a public project of its name. */
  proxyCaches: ('docker.io' | 'ghcr.io' | 'quay.io' | 'registry.k8s.io')[]
  /** Scan on push; what runs is scanned by the platform anyway. */
  scanner: {
    /** Whether images are scanned when they are pushed. */
    enabled: boolean
    /** Memory that the scanner asks for. */
    memory: string
  }
}
export const values = valuesOf<HarborValues>(schema)
