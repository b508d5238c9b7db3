import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import type { Finding } from '@openova/core'
import { expect, test } from 'vitest'
import { printSarif } from '../src/index.ts'
import { awkward, finding, rules } from './findings.ts'

interface Log {
  runs: { tool: { driver: { rules: { id: string }[] } }; results: Result[] }[]
}
interface Result {
  ruleId: string
  ruleIndex: number
  locations: { physicalLocation?: { artifactLocation: { uri: string }; region: object }; logicalLocations?: object[] }[]
  partialFingerprints: Record<string, string>
}
const runOf = (findings: readonly Finding[]) => (JSON.parse(printSarif(findings, rules)) as Log).runs[0]!
const fingerprintsOf = (findings: readonly Finding[]) =>
  runOf(findings).results.map(({ partialFingerprints }) => partialFingerprints['openova/v1'])

test('prints rules with their help, and results with place, path and remedy', () => {
  expect(printSarif([finding({})], rules.slice(0, 1))).toBe(`{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "openova",
          "rules": [
            {
              "id": "unknown-product",
              "shortDescription": {
                "text": "A product is one of the catalog."
              },
              "help": {
                "text": "A product is one of the catalog.\\n\\nPasses:\\n    products: [cortex]\\n\\nFails:\\n    products:\\n      - cortx",
                "markdown": "A product is one of the catalog.\\n\\nPasses:\\n    products: [cortex]\\n\\nFails:\\n    products:\\n      - cortx"
              },
              "defaultConfiguration": {
                "level": "error"
              }
            }
          ]
        }
      },
      "columnKind": "utf16CodeUnits",
      "results": [
        {
          "ruleId": "unknown-product",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "Unexpected product \`cortx\`, expected one of cortex, fabric, fingate, relay\\nFix: did you mean \`cortex\`?"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "clusters/platform.yaml"
                },
                "region": {
                  "startLine": 14,
                  "startColumn": 5
                }
              },
              "logicalLocations": [
                {
                  "fullyQualifiedName": "spec.products[1]"
                }
              ]
            }
          ],
          "partialFingerprints": {
            "openova/v1": "fe7aecd9cd1e8497:1"
          }
        }
      ]
    }
  ]
}
`)
})

test.each([
  ['nothing', []],
  ['a finding', [finding({})]],
  ['everything at once', awkward],
])('fits the official schema: %s', (_, findings) => {
  expect(checkLog(JSON.parse(printSarif(findings, rules)))).toEqual([])
})

test('the official schema can refuse', () => {
  expect(checkLog({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).not.toEqual([])
})

test('a fingerprint outlives moved lines and changed figures, and differs by rule, file and path', () => {
  const [first] = fingerprintsOf([finding({})])
  expect(fingerprintsOf([finding({ line: 99, column: 1, message: 'other', fix: 'other' })])).toEqual([first])
  for (const change of [{ code: 'other' }, { file: 'other' }, { at: 'other' }])
    expect(fingerprintsOf([finding(change)])).not.toEqual([first])
})

test('equal findings of two documents have two fingerprints, whatever order they come in', () => {
  const two = [finding({ line: 20 }), finding({ line: 3 })]
  expect(new Set(fingerprintsOf(two)).size).toBe(2)
  expect(fingerprintsOf(two)).toEqual(fingerprintsOf(two.toReversed()))
})

test('a code that nobody described is a rule too, and every result points at its own', () => {
  const { tool, results } = runOf([finding({ code: 'zeta' }), finding({ code: 'alpha' }), finding({})])
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(['unknown-product', 'plain', 'alpha', 'zeta'])
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
})

test.each([
  ['a b/ä#1.yaml', 'a%20b/%C3%A4%231.yaml'],
  ['../fleet/x.yaml', '../fleet/x.yaml'],
  ['/tmp/x.yaml', 'file:///tmp/x.yaml'],
])('%s is the URI %s', (file, uri) => {
  expect(runOf([finding({ file })]).results[0]?.locations[0]?.physicalLocation?.artifactLocation).toEqual({ uri })
})

test('what is about a whole file is at its first line, and what is about no file has no place', () => {
  expect(runOf([finding({ line: undefined, column: undefined, at: '' })]).results[0]?.locations).toEqual([
    { physicalLocation: { artifactLocation: { uri: 'clusters/platform.yaml' }, region: { startLine: 1 } } },
  ])
  expect(runOf([finding({ file: '' })]).results[0]?.locations).toEqual([{ logicalLocations: [{ fullyQualifiedName: 'spec.products[1]' }] }])
})

const require = createRequire(import.meta.url)
const official = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<string, unknown>
const { $schema: _, id: __, ...schema } = official // of a draft that ajv no longer names
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true })

function checkLog(log: unknown): string[] {
  ajv.validate(schema, log)
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
