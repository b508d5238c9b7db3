import { expect, test } from 'vitest'
import { printGithub } from '../src/index.ts'
import { awkward, finding } from './findings.ts'

test('prints an annotation a finding', () => {
  expect(printGithub([finding({}), finding({ severity: 'warning', file: 'z.yaml', at: '', line: undefined, column: undefined })])).toBe(
    `::error file=clusters/platform.yaml,line=14,col=5,title=unknown-product::spec.products[1]: Unexpected product \`cortx\`, expected one of cortex, fabric, fingate, relay%0Afix: did you mean \`cortex\`?
::warning file=z.yaml,title=unknown-product::Unexpected product \`cortx\`, expected one of cortex, fabric, fingate, relay%0Afix: did you mean \`cortex\`?
`,
  )
})

test('escapes what would end a property, a line or the command', () => {
  const lines = printGithub(awkward).split('\n')
  expect(lines).toHaveLength(awkward.length + 1)
  expect(lines[0]).toMatch(/^::error title=unknown-product::Unexpected product/)
  expect(lines[1]).toBe(
    '::error file=a%2C b%3A 100%25/<"x">&\'.yaml,line=14,col=5,title=unknown-product::' +
      'spec.products[1]: one%0D%0Atwo ]]> & <b> \u0000\uD800 100%25%0Afix: a: b, c',
  )
})

test('prints nothing where there is nothing', () => {
  expect(printGithub([])).toBe('')
})
