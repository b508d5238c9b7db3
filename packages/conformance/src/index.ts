export { checkConformance, checkNames } from './conformance.ts'
export type { CheckName, Conformance, ConformanceOptions, World } from './conformance.ts'
export type { CheckResult } from './model.ts'
