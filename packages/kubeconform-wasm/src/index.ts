export { createValidator, type Validator, type ValidatorOptions } from './validator.ts'
export type { Path, SchemaDocument, SchemaFinding } from './finding.ts'
export { engineIdentity } from './identity.ts'
export { kindOf, objectsOf } from './objects.ts'
