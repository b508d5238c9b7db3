import type { Finding, LoadedSpec } from '@openova/core'
import type { Project } from './project.ts'

interface Places {
  project: Project
  locate: LoadedSpec['locate'] | undefined
}

/** Findings about the spec get its file, line and column; those about a generated file get the name of the folder that it is written to. */
export function placeFindings(findings: readonly Finding[], { project, locate }: Places): Finding[] {
  return findings.map((finding) => {
    if (finding.file === '') return { ...finding, file: project.platform.name, ...locate?.(finding.at) }
    const path = finding.file.replace(/^clusters\//, '')
    return path === finding.file ? finding : { ...finding, file: `${project.output.name}/${path}` }
  })
}
