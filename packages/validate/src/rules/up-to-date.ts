import { hashText } from '../hash.ts'
import { defineRule, type DiskRule, type Draft } from '../rule.ts'

export default defineRule<DiskRule>({
  name: 'up-to-date',
  severity: 'error',
  description: 'The files on disk are what the platform spec generates now.',
  on: 'disk',

  check(tree, disk, previous) {
    const fix = 'run `pnpm build` and commit what it writes'
    const isOurs = (path: string, text: string) => previous[path] === undefined || previous[path] === hashText(text)
    const stale = [...tree].flatMap(([path, text]): Draft[] => {
      const found = disk.get(path)
      if (found === undefined)
        return [{ file: path, at: '', message: 'No such file, expected the one that the platform spec generates', fix }]
      return found === text || !isOurs(path, found)
        ? []
        : [{ file: path, at: '', message: 'Unexpected text, expected what the platform spec generates now', fix }]
    })
    const left = [...disk].filter(([path, text]) => path in previous && !tree.has(path) && isOurs(path, text))
    return [
      ...stale,
      ...left.map(([path]): Draft => ({
        file: path,
        at: '',
        message: 'Unexpected file, expected none: the platform spec no longer generates it',
        fix,
      })),
    ]
  },

  examples: {
    pass: `
tree: { base/harbor.yaml: "a: 1" }
disk: { base/harbor.yaml: "a: 1" }`,
    fail: `
tree: { base/harbor.yaml: "a: 2" }
disk: { base/harbor.yaml: "a: 1" }
previous: { base/harbor.yaml: "a: 1" }`,
  },
})
