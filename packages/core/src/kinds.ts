export type { Kinds } from './kinds.gen.ts'
