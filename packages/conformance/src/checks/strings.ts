import { isDeepStrictEqual } from 'node:util'
import type { Finding } from '@openova/core'
import { awkwardStrings, positions } from '../awkward.ts'
import type { AwkwardString } from '../awkward.ts'
import type { GoProgram, ParseAnswer } from '../go.ts'
import type { CheckResult } from '../model.ts'

/** Prints an object as YAML, or throws if Go would read something else. */
export type Printer = (object: unknown) => string

interface Sample extends AwkwardString {
  name: string
  object: unknown
}

/** Every awkward string, wherever it stands, reads back identical in Go, or the printer refused it. */
export async function checkStrings(print: Printer, go: Pick<GoProgram, 'parse'>): Promise<CheckResult> {
  const findings: Finding[] = []
  const refused = new Set<string>()
  const printed: { sample: Sample; text: string }[] = []

  for (const sample of createSamples()) {
    const text = tryPrint(print, sample.object)
    if (text !== undefined) printed.push({ sample, text })
    else if (sample.mayRefuse) refused.add(JSON.stringify(sample.text))
    else findings.push(refusedWithoutNeed(sample))
  }

  const answers = await go.parse(printed.map(({ sample, text }) => ({ name: sample.name, text })))
  const misread = printed.flatMap(({ sample, text }, index) => {
    const difference = compare(sample, answers[index]!)
    return difference === undefined ? [] : [readsDifferently(sample, text, difference)]
  })

  const samples = awkwardStrings.length * Object.keys(positions).length
  return {
    check: 'strings',
    findings: [...findings, ...misread],
    summary: `${awkwardStrings.length} awkward strings in ${Object.keys(positions).length} places: ${printed.length - misread.length} of ${samples} read back identical in Go, ${samples - printed.length} refused, ${misread.length} different`,
    notes: refused.size === 0 ? [] : [`refused by the printer somewhere: ${[...refused].join(' ')}`],
  }
}

function createSamples(): Sample[] {
  return awkwardStrings.flatMap((awkward) =>
    Object.entries(positions).map(([position, place]) => ({
      ...awkward,
      name: `${JSON.stringify(awkward.text.slice(0, 60))} as ${position}`,
      object: place(awkward.text),
    })),
  )
}

function tryPrint(print: Printer, object: unknown): string | undefined {
  try {
    return print(object)
  } catch {
    return undefined
  }
}

/** What Go made of it, or `undefined` if that is what we wrote. */
function compare({ object }: Sample, { direct, throughKustomize, error }: ParseAnswer): string | undefined {
  if (error !== undefined) return `it fails: ${error}`
  if (!isDeepStrictEqual(direct, object)) return `it is read as ${JSON.stringify(direct)}`
  if (!isDeepStrictEqual(throughKustomize, object)) return `kustomize makes it ${JSON.stringify(throughKustomize)}`
  return undefined
}

function refusedWithoutNeed(sample: Sample): Finding {
  return {
    code: 'string-refused',
    severity: 'error',
    file: 'packages/render',
    at: sample.name,
    message: 'Unexpected refusal of the printer, expected YAML text: Go reads this string well when it is quoted',
    fix: 'quote it in printYaml instead of throwing',
  }
}

function readsDifferently(sample: Sample, text: string, difference: string): Finding {
  return {
    code: 'string-misread',
    severity: 'error',
    file: 'packages/render',
    at: sample.name,
    message: `Unexpected reading in Go: ${difference.slice(0, 200)}, expected ${JSON.stringify(sample.object).slice(0, 200)}; printed as ${JSON.stringify(text.slice(0, 200))}`,
    fix: sample.mayRefuse ? 'let printYaml throw for this character' : 'quote it in printYaml',
  }
}
