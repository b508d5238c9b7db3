import { existsSync } from 'node:fs'
import { join, normalize } from 'node:path'
import type { Finding } from '@openova/core'
import type { GoProgram } from '../go.ts'
import { getText } from '../json.ts'
import type { CheckResult, DiskTree, TreeObject } from '../model.ts'
import { findObjects, isKustomizationFile } from '../tree.ts'

/** Every base and overlay builds with the real kustomize, and so does whatever Flux is pointed at. */
export async function checkBuilds(tree: DiskTree, go: Pick<GoProgram, 'build'>): Promise<CheckResult> {
  const directories = tree.files
    .filter(({ path }) => isKustomizationFile(path))
    .map(({ path }) => path.slice(0, -'/kustomization.yaml'.length))
  const answers = await go.build(directories.map((directory) => join(tree.folder, directory)))

  const failures = answers.flatMap(({ error }, index) => (error === undefined ? [] : [doesNotBuild(tree, directories[index]!, error)]))
  const paths = findFluxPaths(tree)
  const missing = paths.filter(({ directory }) => !directories.includes(directory)).map((path) => leadsNowhere(tree, path))

  const objects = answers.reduce((sum, answer) => sum + answer.objects, 0)
  return {
    check: 'builds',
    findings: [...failures, ...missing],
    summary: `${directories.length - failures.length} of ${directories.length} directories build (${objects} objects), ${paths.length - missing.length} of ${paths.length} Flux paths lead to one`,
    notes: [],
  }
}

interface FluxPath {
  object: TreeObject
  /** As written. */
  path: string
  /** Relative to the tree. */
  directory: string
}

/** The paths of Flux Kustomizations, save those that read another source which the tree itself declares. */
function findFluxPaths(tree: DiskTree): FluxPath[] {
  const objects = findObjects(tree)
  const foreign = new Set(objects.filter(({ name }) => name !== 'flux-system').map(({ kind, name }) => `${kind}/${name}`))

  return objects
    .filter(({ kind, apiVersion }) => kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'))
    .filter(({ body }) => !foreign.has(`${getText(body, 'spec', 'sourceRef', 'kind')}/${getText(body, 'spec', 'sourceRef', 'name')}`))
    .map((object) => {
      const path = getText(object.body, 'spec', 'path') ?? './'
      return { object, path, directory: relativeToTree(path) }
    })
}

/** Flux counts from the root of the repository, where the tree is `clusters/`, whatever `--out` calls it here. */
function relativeToTree(path: string): string {
  return normalize(path)
    .replaceAll('\\', '/')
    .replace(/^\.?\//, '')
    .replace(/^clusters\//, '')
    .replace(/\/$/, '')
}

function doesNotBuild(tree: DiskTree, directory: string, error: string): Finding {
  return {
    code: 'does-not-build',
    severity: 'error',
    file: `${tree.name}/${directory}/kustomization.yaml`,
    at: '',
    message: `Unexpected failure of kustomize: ${error.replaceAll(`${tree.folder}/`, `${tree.name}/`)}`,
    fix: 'list in `resources` only what exists; if `pnpm openova build` wrote this, it is a bug of the renderer',
  }
}

function leadsNowhere(tree: DiskTree, { object, path, directory }: FluxPath): Finding {
  const exists = existsSync(join(tree.folder, directory))
  return {
    code: 'flux-path-missing',
    severity: 'error',
    file: `${tree.name}/${object.file.path}`,
    at: 'spec.path',
    message: `Unexpected path \`${path}\` of Flux Kustomization \`${object.name}\`: ${exists ? 'the folder has no kustomization.yaml' : 'no such folder'}, expected one that kustomize can build`,
    fix: exists ? 'add a kustomization.yaml there' : 'point it at an existing folder, or leave the stage out',
  }
}
