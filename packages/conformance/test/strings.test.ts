import { expect, test } from 'vitest'
import { awkwardStrings } from '../src/awkward.ts'
import { checkStrings } from '../src/checks/strings.ts'

/** Stands for Go: JSON is YAML, and `on` is true. */
const parser = {
  parse: (texts: { name: string; text: string }[]) =>
    Promise.resolve(
      texts.map(({ name, text }) => {
        const read: unknown = JSON.parse(text.replaceAll(/"on"(?!:)/g, 'true'))
        return { name, direct: read, throughKustomize: read }
      }),
    ),
}

const treacherous = new Set(awkwardStrings.filter(({ mayRefuse }) => mayRefuse).map(({ text }) => text))

test('knows every string once', () => {
  expect(new Set(awkwardStrings.map(({ text }) => text)).size).toBe(awkwardStrings.length)
  expect(awkwardStrings.length).toBeGreaterThan(79)
})

test('refuses what reads back as something else, as value, key and item', async () => {
  const { findings } = await checkStrings((object) => JSON.stringify(object), parser)
  const on = findings.filter(({ at }) => at.startsWith('"on" '))
  expect(on.map(({ code, at }) => `${code}: ${at}`)).toContain('string-misread: "on" as value')
  expect(on[0]?.message).toContain('it is read as {"key":true}, expected {"key":"on"}')
})

test('lets a printer refuse treacherous characters, and nothing else', async () => {
  const { findings } = await checkStrings((object) => {
    const text = JSON.stringify(object)
    if (text.includes('"yes"') || [...treacherous].some((bad) => text.includes(JSON.stringify(bad).slice(1, -1))))
      throw new Error('refused')
    return text
  }, parser)
  const refused = findings.filter(({ code }) => code === 'string-refused').map(({ at }) => at)
  expect(refused).toContain('"yes" as key')
  expect(refused.some((at) => at.includes('u2028'))).toBe(false)
})
