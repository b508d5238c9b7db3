import { compareText } from '@openova/core'
import { startEngine, type Document, type Engine, type Verdict } from './engine.ts'
import type { Path, Problem, SchemaDocument, SchemaFinding } from './finding.ts'
import { kindOf, objectsOf, writeJson } from './objects.ts'
import { problemsOf, type Subject } from './problems.ts'
import { narrowSchema, wholeSchema, type NarrowSchema } from './narrow.ts'

export interface ValidatorOptions {
  /** The schema of `<apiVersion>/<Kind>`, such as `apps/v1/Deployment` or `v1/Service`; undefined where there is none. Asked once each. */
  loadSchema: (kind: string) => object | undefined
  /** Compile all of a schema, not only what the objects reach: slow, and finds what is wrong with the schema itself. */
  whole?: boolean
}

export interface Validator {
  /** Findings by file, index, place and text. An empty document is valid, a `List` is its items, and no schema is a finding. */
  validate(documents: readonly SchemaDocument[]): SchemaFinding[]
}

/** One object, wherever it came from. */
interface Task extends Document {
  document: SchemaDocument
  prefix: Path
  object: unknown
}

/** Starts kubeconform at the first call of `validate`, and again should it ever break. */
export function createValidator({ loadSchema, whole = false }: ValidatorOptions): Validator {
  const schemas = new Map<string, { schema: object; narrow: NarrowSchema } | undefined>()
  let engine: Engine | undefined
  let added = new Set<string>()

  return {
    validate(documents) {
      const findings: SchemaFinding[] = []
      const tasks: Task[] = []
      for (const document of documents) {
        for (const { object, prefix } of objectsOf(document.object)) {
          const text = writeJson(object)
          if (typeof text === 'string') tasks.push({ document, prefix, object, text, schema: kindOf(object) })
          else findings.push(place({ document, prefix }, text))
        }
      }
      const verdicts = judge(tasks)
      tasks.forEach((task, i) => findings.push(...problemsOf(verdicts[i]!, subjectOf(task)).map((problem) => place(task, problem))))
      return sort(findings)
    },
  }

  /** The same object under the same schema is judged once. */
  function judge(tasks: readonly Task[]): Verdict[] {
    const distinct = [...new Map(tasks.map((task) => [task.text, task])).values()]
    const verdicts = new Map(judgeAll(distinct).map((verdict, i) => [distinct[i]!.text, verdict]))
    return tasks.map(({ text }) => verdicts.get(text)!)
  }

  /** An engine that dies takes its batch with it: then each object is tried alone, and the ones that kill it are told. */
  function judgeAll(tasks: readonly Task[]): Verdict[] {
    try {
      const verdicts = run(tasks)
      if (verdicts.some(({ status }) => status === 'internal')) engine = undefined
      return verdicts
    } catch (error) {
      engine = undefined
      if (tasks.length !== 1) return tasks.flatMap((task) => judgeAll([task]))
      return [{ status: 'internal', error: error instanceof Error ? error.message : String(error) }]
    }
  }

  function run(tasks: readonly Task[]): Verdict[] {
    if (!engine) {
      engine = startEngine()
      added = new Set()
    }
    const bundle = schemasFor(tasks)
    if (Object.keys(bundle).length > 0) engine.addSchemas(bundle)
    for (const name of Object.keys(bundle)) added.add(name)
    return engine.validate(tasks)
  }

  function schemasFor(tasks: readonly Task[]): Record<string, object> {
    const bundle: Record<string, object> = {}
    const names = new Set<string>()
    for (const { schema, object } of tasks) {
      const known = schemaOf(schema)
      if (known && (known.narrow.reach(object) || !added.has(schema))) names.add(schema)
    }
    for (const name of names) bundle[name] = schemaOf(name)!.narrow.current()
    return bundle
  }

  function subjectOf({ object, schema }: Task): Subject {
    return { object, kind: schema, schema: schemaOf(schema)?.schema ?? {} }
  }

  function schemaOf(name: string) {
    if (!schemas.has(name)) {
      const schema = loadSchema(name)
      schemas.set(name, schema && { schema, narrow: whole ? wholeSchema(schema) : narrowSchema(schema) })
    }
    return schemas.get(name)
  }
}

function place({ document: { file, index }, prefix }: Pick<Task, 'document' | 'prefix'>, problem: Problem): SchemaFinding {
  return { document: { file, index }, ...problem, path: [...prefix, ...problem.path] }
}

function sort(findings: readonly SchemaFinding[]): SchemaFinding[] {
  const keyed = findings.map((finding) => ({ finding, key: keyOf(finding) }))
  const sorted = keyed.toSorted((a, b) => compareText(a.key, b.key))
  return sorted.filter(({ key }, i) => key !== sorted[i - 1]?.key).map(({ finding }) => finding)
}

function keyOf({ document, path, kind, message }: SchemaFinding): string {
  const keys = path.map((key) => (typeof key === 'number' ? pad(key) : key))
  return [document.file, pad(document.index), ...keys, '', kind, message].join('\0')
}

const pad = (number: number) => String(number).padStart(9, '0')
