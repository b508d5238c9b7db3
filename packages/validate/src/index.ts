export { grantsOf, type Grants } from './grants.ts'
export type { Context, Rule } from './rule.ts'
export { rules } from './rules/index.ts'
export { validate, validateSpec, validateTree } from './validate.ts'
