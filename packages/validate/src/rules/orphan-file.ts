import { defineRule, type DiskRule } from '../rule.ts'

export default defineRule<DiskRule>({
  name: 'orphan-file',
  severity: 'error',
  description: 'Between the generated files lie no others: Flux may apply them, and nothing keeps them right.',
  on: 'disk',

  check(tree, disk, previous) {
    const generated = new Set([...tree.keys(), ...Object.keys(previous)].filter((path) => path.includes('/')).map(topOf))
    return [...disk.keys()]
      .filter((path) => path.includes('/') && generated.has(topOf(path)) && !tree.has(path) && !(path in previous))
      .map((file) => ({
        file,
        at: '',
        message: 'Unexpected file that nothing generates, expected only generated ones here',
        fix: 'move it out of the generated folders, or delete it',
      }))
  },

  examples: {
    pass: `
tree: { base/harbor.yaml: "a: 1" }
disk: { base/harbor.yaml: "a: 1", platform.yaml: "kind: Platform" }`,
    fail: `
tree: { base/harbor.yaml: "a: 1" }
disk: { base/harbor.yaml: "a: 1", base/mine.yaml: "b: 1" }`,
  },
})

const topOf = (path: string) => path.slice(0, path.indexOf('/'))
