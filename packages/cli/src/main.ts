import { Command as Parser, CommanderError } from 'commander'
import { program, UsageError } from './command.ts'
import type { Command } from './command.ts'
import { commands } from './commands/index.ts'
import type { World } from './world.ts'

/** The whole program: arguments in, exit code out (0 ok, 1 findings, 2 usage, 3 internal). */
export async function main(words: readonly string[], world: World): Promise<number> {
  const exit = { code: 0 }
  const parser = createParser(world)
  const called = words.find((word) => !word.startsWith('-') && word !== 'help')

  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = parser.command(name).description(summary)
    if (name === called) configure(command, (await load()).default, world, exit)
  }

  try {
    if (words.length === 0) parser.outputHelp()
    else await parser.parseAsync(words, { from: 'user' })
    return exit.code
  } catch (error) {
    return exitCodeOf(error, world)
  }
}

function createParser(world: World): Parser {
  return new Parser(program)
    .description('Generates the GitOps manifests of an OpenOva platform from clusters/platform.yaml.')
    .usage('<command> [options]')
    .helpOption('-h, --help', 'show this help, or that of a command')
    .configureOutput({ writeOut: world.print, writeErr: world.complain, getOutHasColors: () => false, getErrHasColors: () => false })
    .addHelpText('after', '\nExit codes: 0 ok, 1 findings, 2 wrong usage, 3 internal error.')
    .exitOverride()
}

function configure(parser: Parser, command: Command, world: World, exit: { code: number }): void {
  for (const argument of command.arguments ?? []) parser.argument(argument)
  for (const [name, { value, description }] of Object.entries(command.options)) {
    parser.option(`--${kebab(name)}${value === undefined ? '' : ` <${value}>`}`, description)
  }
  parser.addHelpText('after', printExamples(command))
  parser.action(async () => {
    exit.code = await command.run({ options: parser.opts(), arguments: parser.args }, world)
  })
}

function printExamples({ examples }: Command): string {
  const width = Math.max(...examples.map(([line]) => line.length))
  return ['', 'Examples:', ...examples.map(([line, does]) => `  ${program} ${line.padEnd(width)}  ${does}`)].join('\n')
}

/** The parser has said what is wrong with the call; everything else that arrives here is a bug. */
function exitCodeOf(error: unknown, world: World): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError) {
    world.complain(`error: ${error.message}\n`)
    return 2
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  world.complain(
    `${world.paint.red('internal error')}: ${text}\nThis is a bug of the generator, not of your platform; nothing was written after it.\n`,
  )
  return 3
}

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
