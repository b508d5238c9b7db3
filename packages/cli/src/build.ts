import { hasErrors } from '@openova/core'
import type { Finding } from '@openova/core'
import { grantsOf } from '@openova/validate'
import { generate } from './generate.ts'
import type { Generated } from './generate.ts'
import type { Project } from './project.ts'
import type { World } from './world.ts'
import { compareTree, previousOf, readManifest } from './write/compare.ts'
import type { Difference } from './write/compare.ts'
import { checkTree } from './write/check.ts'
import { orphanFile } from './write/findings.ts'
import { writeTree } from './write/write.ts'

/** `check`: any difference is an error. `dry-run`: differences are told, not made. */
export type Mode = 'write' | 'check' | 'dry-run'

export interface Built extends Generated {
  /** Absent where an error stood before the disk was looked at. */
  difference?: Difference
  written: boolean
}

/** Generates, compares with the disk, and writes while no error stands. */
export async function build(project: Project, world: World, { mode, force = false }: { mode: Mode; force?: boolean }): Promise<Built> {
  const { output } = project
  const { disk } = world
  const owned = readManifest(disk, output)
  const generated = await generate(project, world, previousOf(owned))
  const { plan, tree, findings } = generated
  if (!plan || !tree || hasErrors(findings)) return { ...generated, written: false }

  const difference = compareTree(tree, owned.manifest, { disk, output, force })
  const grants = grantsOf(plan)
  const unread = force ? [] : owned.findings // with `--force`, a manifest that cannot be read is simply written anew
  const refused = [...findings, ...unread, ...difference.findings]
  if (mode === 'check') return built([...refused, ...checkTree({ tree, difference, owned, grants }, output)])

  const told = [...refused, ...difference.orphans.map((path) => orphanFile(output, path, 'warning'))]
  if (mode === 'dry-run' || hasErrors(told)) return built(told)

  const failed = writeTree({ tree, difference, owned, grants }, { disk, output })
  return built([...told, ...failed], failed.length === 0)

  function built(findings: Finding[], written = false): Built {
    return { ...generated, findings, difference, written }
  }
}
