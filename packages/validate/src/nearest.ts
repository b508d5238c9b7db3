import { nearestWord, oneOf } from '@openova/core'

/** What was meant instead, as a fix: the nearest word where there is one, else the whole choice. */
export function didYouMean(word: string, words: readonly string[]): string {
  const near = nearestWord(word, words)
  return near === undefined ? `use ${oneOf(words)}` : `did you mean \`${near}\`?`
}
