#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

enableCompileCache()
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error // `openova list | head` is no error
})

const [{ main }, { nodeWorld }] = await Promise.all([import('./main.ts'), import('./world.ts')])
process.exitCode = await main(process.argv.slice(2), nodeWorld())
