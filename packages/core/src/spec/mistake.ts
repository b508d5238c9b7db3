import type { Finding } from '../finding.ts'

/** A finding without its place yet; `key` tells that the key itself is wrong, not what stands there. */
export type Mistake = Pick<Finding, 'code' | 'at' | 'message' | 'fix'> & { key?: boolean }
