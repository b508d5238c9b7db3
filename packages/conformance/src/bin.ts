#!/usr/bin/env node
import { join } from 'node:path'
import { printYaml } from '@openova/render'
import { runCommand } from './command.ts'
import { compileHelmProgram } from './go-helm.ts'
import { compileGoProgram } from './go.ts'

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    print: printYaml,
    schemas: join(import.meta.dirname, '../../../schemas'),
    compileGoProgram,
    compileHelmProgram,
    write: (text) => process.stdout.write(text),
  })
} catch (error) {
  console.error(error)
  process.exitCode = 3
}
