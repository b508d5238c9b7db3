import { Ajv, type ValidateFunction } from 'ajv'
import { parseCidr } from '../cidr.ts'
import { toProblem, type SchemaProblem } from './problem.ts'

/** Everything that does not fit a schema. A schema that is itself wrong throws. */
export function checkSchema(schema: object, value: unknown): SchemaProblem[] {
  const validate = compile(schema)
  if (validate(value)) return []
  const errors = validate.errors ?? []
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  return errors
    .filter(({ keyword, instancePath }) => keyword !== 'if' && (keyword === 'type' || !mistyped.has(instancePath)))
    .map(toProblem)
}

/** `spec` and [`regions`, `0`, `labels`, `a.b`] -> `spec.regions[0].labels.a\.b`. */
export function joinPath(at: string, path: readonly string[]): string {
  return path.reduce((start, key) => {
    if (/^\d+$/.test(key)) return `${start}[${key}]`
    return `${start}${start === '' ? '' : '.'}${key.replaceAll('.', '\\.')}`
  }, at)
}

// Schemas are checked by codegen, not here: without the meta-schema the first check takes a third of the time.
const ajv = new Ajv({
  meta: false,
  validateSchema: false,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
  verbose: true,
  addUsedSchema: false,
  code: { optimize: false },
  formats: { cidr: (text: string) => parseCidr(text) !== undefined },
  keywords: ['patternErrorMessage'],
})
const compiled = new WeakMap<object, ValidateFunction>()

function compile(schema: object): ValidateFunction {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  return validate
}
