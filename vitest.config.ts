import { defineConfig } from 'vitest/config'

/** Threads without isolation: ten times faster, so a test must not change globals or a module's state. */
export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    include: ['{packages,components,products}/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
  },
})
