import { compareText } from '@openova/core'

/**
 * Names of the series that a PromQL expression reads. Whatever stands in quotes, braces or brackets, or is a list of labels, is no name;
 * nor is what a parenthesis follows, a function.
 */
export function seriesOf(expr: string): string[] {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/gi, ' ')
  const names = [...bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?![\w:]|\s*\()/g)].map(([name]) => name)
  return [...new Set(names.filter((name) => !words.has(name.toLowerCase())))].toSorted(compareText)
}

const words = new Set(['and', 'or', 'unless', 'bool', 'offset', 'atan2', 'inf', 'nan', 'group_left', 'group_right', 'start', 'end'])
