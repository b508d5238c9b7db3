import type { Finding, Tree } from '@openova/core'
import type { Grants } from '@openova/validate'
import type { Difference, Output, Owned } from './compare.ts'
import { orphanFile, outOfDate } from './findings.ts'
import { manifestName, manifestOf, printManifest } from './manifest.ts'

/** Everything that a build would change, as findings: what is committed must be what the platform spec generates. */
export function checkTree(
  { tree, difference, owned, grants }: { tree: Tree; difference: Difference; owned: Owned; grants: Grants },
  output: Output,
): Finding[] {
  const { created, updated, removed, orphans, leftovers } = difference
  const manifest = printManifest(manifestOf(tree, grants))
  const missing = owned.text === undefined ? [...created, manifestName] : created
  const stale = owned.text !== undefined && owned.findings.length === 0 && owned.text !== manifest ? [...updated, manifestName] : updated
  return [
    ...missing.map((path) => outOfDate(output, path, 'missing')),
    ...stale.map((path) => outOfDate(output, path, 'changed')),
    ...removed.map((path) => outOfDate(output, path, 'left')),
    ...[...orphans, ...leftovers].map((path) => orphanFile(output, path, 'error')),
  ]
}
