import type { Finding } from '@openova/core'
import { manifestName } from './manifest.ts'
import type { Output } from './read.ts'

export const handEdited = (output: Output, path: string): Finding =>
  finding('hand-edited', output, path, {
    message: 'Unexpected edit by hand, expected the text that was generated last',
    fix: 'say it in the platform file (`values` or `helmValues`), then overwrite the edit with `pnpm openova build --force`',
  })

export const foreignFile = (output: Output, path: string): Finding =>
  finding('foreign-file', output, path, {
    message: 'Unexpected file that nothing generated, expected no file where one will be generated',
    fix: 'move it out of the way, or overwrite it with `pnpm openova build --force`',
  })

export const obstructed = (output: Output, path: string): Finding =>
  finding('foreign-file', output, path, {
    message: 'Unexpected folder, or a file above it, where a file will be generated',
    fix: 'move it out of the way',
  })

export const unsafePath = (output: Output, path: string, why: string): Finding =>
  finding('unsafe-path', output, path, {
    message: `Unexpected path \`${path}\`: ${why}; expected a plain file below \`${output.name}\``,
    fix: why.endsWith('symbolic link')
      ? 'replace the link by a folder'
      : `correct the name that leads to it, or \`${manifestName}\` where it is listed`,
  })

export const caseCollision = (output: Output, path: string, other: string): Finding =>
  finding('unsafe-path', output, path, {
    message: `Unexpected path \`${path}\` beside \`${other}\`, expected names that differ in more than upper and lower case`,
    fix: 'rename one of the two',
  })

export const brokenManifest = (output: Output): Finding =>
  finding('broken-manifest', output, manifestName, {
    message: 'Unexpected content, expected the list of generated files',
    fix: `restore it with \`git checkout -- ${output.name}/${manifestName}\`, or remove it and run \`pnpm openova build --force\``,
  })

export const staleManifest = (output: Output): Finding =>
  finding('up-to-date', output, manifestName, {
    message: 'Unexpected text, expected the list of the files that the platform spec generates now',
    fix: 'run `pnpm build` and commit what it writes',
  })

/** A warning while writing; with `--check`, the rule of the same name makes it an error. */
export const orphanFile = (output: Output, path: string): Finding => ({
  ...finding('orphan-file', output, path, {
    message: 'Unexpected file that nothing generates, expected only generated ones here',
    fix: 'move it out of the generated folders, or delete it',
  }),
  severity: 'warning',
})

export const writeFailed = (output: Output, path: string, reason: string): Finding =>
  finding('write-failed', output, path, {
    message: `Unexpected end of writing: ${reason}`,
    fix: 'mend that and run `pnpm openova build` again: it finishes what was begun',
  })

function finding(code: string, output: Output, path: string, { message, fix }: { message: string; fix: string }): Finding {
  return { code, severity: 'error', file: `${output.name}/${path}`, at: '', message, fix }
}
