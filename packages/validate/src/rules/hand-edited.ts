import { hashText } from '../hash.ts'
import { defineRule, type DiskRule } from '../rule.ts'

export default defineRule<DiskRule>({
  name: 'hand-edited',
  severity: 'error',
  description: 'Generated files are not edited by hand: the next build would lose the edit.',
  on: 'disk',

  check(tree, disk, previous) {
    return [...disk]
      .filter(([path, text]) => previous[path] !== undefined && text !== tree.get(path) && previous[path] !== hashText(text))
      .map(([file]) => ({
        file,
        at: '',
        message: 'Unexpected edit by hand, expected the text that was generated',
        fix: 'say it in the platform spec (`values` or `helmValues`) or in the component, then `pnpm openova build --force`',
      }))
  },

  examples: {
    pass: `
tree: { base/harbor.yaml: "a: 2" }
disk: { base/harbor.yaml: "a: 1" }
previous: { base/harbor.yaml: "a: 1" }`,
    fail: `
tree: { base/harbor.yaml: "a: 1" }
disk: { base/harbor.yaml: "a: 3" }
previous: { base/harbor.yaml: "a: 1" }`,
  },
})
