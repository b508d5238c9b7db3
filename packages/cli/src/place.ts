import type { Finding, LoadedSpec, Tree } from '@openova/core'
import type { Project } from './project.ts'

interface Places {
  project: Project
  locate: LoadedSpec['locate'] | undefined
  tree?: Tree
}

/** Findings about the spec get its file, line and column; those about a generated file get the output folder before them. */
export function placeFindings(findings: readonly Finding[], { project, locate, tree }: Places): Finding[] {
  return findings.map((finding) => {
    if (finding.file === '') return { ...finding, file: project.platform.name, ...locate?.(finding.at) }
    return tree?.has(finding.file) ? { ...finding, file: `${project.output.name}/${finding.file}` } : finding
  })
}
