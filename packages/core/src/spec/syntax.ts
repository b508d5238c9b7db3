import type { YAMLError } from 'yaml'

export interface SyntaxProblem {
  code: string
  offset: number
  message: string
  fix: string
}

/** An error of the YAML parser, with what to do about it. */
export function syntaxProblem({ code, message, pos: [start] }: YAMLError, text: string): SyntaxProblem {
  // The parser places a second key behind the value before it, where that value is empty.
  const offset = code === 'DUPLICATE_KEY' ? start + (/^(\s|#.*)*/.exec(text.slice(start))?.[0].length ?? 0) : start
  const key = /^[^\s:]*/.exec(text.slice(offset))?.[0] ?? ''
  const [said, fix] = known(key).get(code) ?? [message.replace(/[.;].*$/s, ''), 'correct the YAML here, or in the line before']
  return { code, offset, message: said, fix }
}

const known = (key: string): ReadonlyMap<string, readonly [message: string, fix: string]> =>
  new Map([
    ['DUPLICATE_KEY', [`Unexpected second \`${key}\`, expected each key once`, 'remove one of the two, or join them']],
    ['MULTIPLE_DOCS', ['Unexpected second document, expected one', 'remove the line `---` and what follows it']],
    ['TAB_AS_INDENT', ['Unexpected tab, expected spaces as indentation', 'indent with spaces']],
    [
      'BLOCK_AS_IMPLICIT_KEY',
      ['Unexpected map in the line of its key, expected it in the next line', 'quote the value, or put the inner key in a line of its own'],
    ],
    ['TAG_RESOLVE_FAILED', ['Unexpected tag, expected plain data', 'remove the tag']],
    [
      'UNEXPECTED_TOKEN',
      [
        `Unexpected \`${key || 'text'}\`, expected nothing more after what stands before it`,
        'correct brackets, quotes and indentation before it',
      ],
    ],
    ['RESOURCE_EXHAUSTION', ['Unexpected depth, expected fewer levels of lists and maps', 'flatten it']],
  ])
