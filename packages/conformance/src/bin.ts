#!/usr/bin/env node
import { printYaml } from '@openova/render'
import { runCommand } from './command.ts'
import { compileGoProgram } from './go.ts'

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    print: printYaml,
    compileGoProgram,
    write: (text) => process.stdout.write(text),
  })
} catch (error) {
  console.error(error)
  process.exitCode = 3
}
