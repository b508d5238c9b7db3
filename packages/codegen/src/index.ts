export { generate } from './generate.ts'
export { readFolders, writeStale } from './disk.ts'
export { lintSchema } from './lint.ts'
