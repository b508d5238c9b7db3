import { distance } from 'fastest-levenshtein'
import { compareText } from '../finding.ts'

/** The word that a person probably meant; undefined where none is near. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const ranked = words.map((known) => ({ known, steps: distance(word.toLowerCase(), known.toLowerCase()) }))
  const [best] = ranked.toSorted((a, b) => a.steps - b.steps || compareText(a.known, b.known))
  const near = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))
  return best && best.steps <= near ? best.known : undefined
}

/** What to say about a word that is none of the known ones. */
export function unexpectedWord(word: string, known: readonly string[], otherwise: string): { message: string; fix: string } {
  const meant = nearestWord(word, known)
  return {
    message: `Unexpected \`${word}\`, expected ${oneOf(known)}`,
    fix: meant === undefined ? otherwise : `did you mean \`${meant}\`?`,
  }
}

export function oneOf(words: readonly string[]): string {
  if (words.length === 0) return 'none'
  return words.length === 1 ? `\`${words[0]}\`` : `one of ${words.join(', ')}`
}
