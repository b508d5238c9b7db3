import { defineConfig } from 'vitest/config'

/** Threads without isolation: ten times faster, so a test must not change globals or a module's state. */
export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    // A slow machine is no failure; `pnpm bench` measures.
    testTimeout: 0,
    hookTimeout: 0,
    include: ['{packages,components,products}/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
  },
})
