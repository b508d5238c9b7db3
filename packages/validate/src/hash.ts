import { createHash } from 'node:crypto'

/** As the ownership manifest keeps it. */
export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex')
