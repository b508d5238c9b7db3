import { isMap } from '@openova/core'
import type { Verdict } from './engine.ts'
import { describe, explainNode, mismatch, missingKey } from './explain.ts'
import type { Problem } from './finding.ts'
import { readTree } from './tree.ts'

export interface Subject {
  object: unknown
  /** `<apiVersion>/<Kind>` */
  kind: string
  schema: object
}

/** What a verdict means for the object that it is about. */
export function problemsOf({ status, error = '' }: Verdict, subject: Subject): Problem[] {
  const { kind } = subject
  const about = { path: [], found: kind }
  if (status === 'valid') return []
  if (status === 'invalid') return explain(error, subject)
  if (status === 'missing-schema')
    return [{ ...about, kind: status, expected: 'a kind that has a schema', message: `no schema for ${kind}` }]
  if (status === 'internal') return [{ ...about, kind: status, expected: 'a verdict', message: `kubeconform failed: ${error}` }]

  const reason = error.replaceAll(/\n *- /g, '; ')
  return [{ ...about, kind: status, expected: 'a schema that compiles', message: `schema of ${kind} does not compile: ${reason}` }]
}

function explain(error: string, subject: Subject): Problem[] {
  const tree = readTree(error)
  if (tree) return tree.flatMap((node) => explainNode(node, subject))

  const missing = /missing '(\w+)' key/.exec(error)?.[1]
  if (missing !== undefined) return [missingKey([], missing)]
  if (!isMap(subject.object)) return [mismatch([], 'an object with apiVersion and kind', describe(subject.object))]
  return [mismatch([], 'an object that kubeconform can read', error.replace('error unmarshalling resource: ', ''))]
}
