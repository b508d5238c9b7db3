import type { Finding } from '@openova/core'

/** A file of the tree on disk that was read as YAML. */
export interface TreeFile {
  /** Relative to the tree's folder, with `/`. */
  path: string
  text: string
}

/** A generated tree as it lies on disk. */
export interface DiskTree {
  /** Absolute folder, usually `<project>/clusters`. */
  folder: string
  /** What findings call the folder, such as `clusters`. */
  name: string
  /** Every YAML file below a subfolder; `platform.yaml` beside them is input, not output. */
  files: TreeFile[]
}

/** One Kubernetes object in the tree. */
export interface TreeObject {
  file: TreeFile
  apiVersion: string
  kind: string
  name: string
  body: JsonObject
}

export type JsonObject = { [key: string]: unknown }

/** What one check found, and in one line what it looked at. */
export interface CheckResult {
  check: string
  findings: Finding[]
  /** Such as `412 directories build`. */
  summary: string
  /** What was let through without proof, so that nobody takes silence for a yes. */
  notes: string[]
}
