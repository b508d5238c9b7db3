import { hasErrors } from '@openova/core'
import type { Finding } from '@openova/core'
import type { Deletion } from '@openova/report'
import { grantsOf } from '@openova/validate'
import { generate } from './generate.ts'
import type { Generated } from './generate.ts'
import type { Project } from './project.ts'
import type { World } from './world.ts'
import { compareTree } from './write/compare.ts'
import type { Difference } from './write/compare.ts'
import { deletionsOf } from './write/deletions.ts'
import { orphanFile, staleManifest } from './write/findings.ts'
import { manifestOf, printManifest } from './write/manifest.ts'
import { previousOf, readManifest, readTree } from './write/read.ts'
import { writeTree } from './write/write.ts'

/** `check`: any difference is an error. `dry-run`: differences are told, not made. */
export type Mode = 'write' | 'check' | 'dry-run'

export interface Built extends Generated {
  /** Absent where an error stood before there was a tree. */
  difference?: Difference
  /** What Flux deletes beside what it changes. */
  deletions: Deletion[]
  written: boolean
}

/** Generates, compares with the disk, and writes while no error stands. */
export async function build(project: Project, world: World, { mode, force = false }: { mode: Mode; force?: boolean }): Promise<Built> {
  const place = { disk: world.disk, output: project.output }
  const owned = readManifest(place)
  const generated = await generate(project, world, {
    previous: previousOf(owned, place),
    ...(mode === 'check' && { readDisk: (tree) => readTree(tree, owned.manifest, place) }),
  })
  const { plan, tree } = generated
  if (!plan || !tree) return { ...generated, deletions: [], written: false }

  const difference = compareTree(tree, owned.manifest, { ...place, force })
  const grants = grantsOf(plan)
  const deletions = deletionsOf(owned.manifest, { tree, grants })
  const unread = force ? [] : owned.findings // with `--force`, a manifest that cannot be read is simply written anew
  const findings = [...generated.findings, ...unread]
  if (mode === 'check') {
    const stale = owned.findings.length === 0 && owned.text !== printManifest(manifestOf(tree, grants))
    const unsafe = difference.findings.filter(({ code }) => code === 'unsafe-path') // of the rest, the rules on the disk have spoken
    return built([...findings, ...unsafe, ...(stale ? [staleManifest(project.output)] : [])])
  }

  findings.push(...difference.findings, ...difference.orphans.map((path) => orphanFile(project.output, path)))
  if (mode === 'dry-run' || hasErrors(findings)) return built(findings)

  const failed = writeTree({ tree, difference, owned, grants }, place)
  return built([...findings, ...failed], failed.length === 0)

  function built(findings: Finding[], written = false): Built {
    return { ...generated, findings, difference, deletions, written }
  }
}
