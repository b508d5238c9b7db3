/** Keys of maps and indexes of lists, from the root of an object. */
export type Path = readonly (string | number)[]

export interface SchemaDocument {
  file: string
  /** Position in that file, from 0. */
  index: number
  object: unknown
}

export interface SchemaFinding {
  document: Pick<SchemaDocument, 'file' | 'index'>
  /**
   * `invalid`: the object does not fit its schema. `missing-schema` and `bad-schema`: nothing could be said about the object, because
   * its kind has no schema or one that does not compile. `internal`: kubeconform itself failed on it.
   */
  kind: 'invalid' | 'missing-schema' | 'bad-schema' | 'internal'
  /** Where in the object; empty for the whole. A key that should not be there is the last of the path; one that is missing is not in it. */
  path: Path
  expected: string
  found: string
  /** Both in one sentence. */
  message: string
}

/** What is known before it is known where. */
export type Problem = Omit<SchemaFinding, 'document'>
