import type { Finding } from '@openova/core'
import type { RuleText } from '../src/index.ts'

export const finding = (over: Partial<Finding>): Finding => ({
  code: 'unknown-product',
  severity: 'error',
  file: 'clusters/platform.yaml',
  at: 'spec.products[1]',
  line: 14,
  column: 5,
  message: 'Unexpected product `cortx`, expected one of cortex, fabric, fingate, relay',
  fix: 'did you mean `cortex`?',
  ...over,
})

export const rules: readonly RuleText[] = [
  {
    name: 'unknown-product',
    severity: 'error',
    description: 'A product is one of the catalog.',
    examples: { pass: '\nproducts: [cortex]\n', fail: '\nproducts:\n  - cortx\n' },
  },
  { name: 'plain', severity: 'warning', description: 'Nothing is odd.' },
]

/** What a careless printer gets wrong. */
export const awkward: readonly Finding[] = [
  finding({ file: '', at: '', line: undefined, column: undefined }),
  finding({ file: 'a, b: 100%/<"x">&\'.yaml', message: 'one\r\ntwo ]]> & <b> \u0000\uD800 100%', fix: 'a: b, c' }),
  finding({ code: 'plain', severity: 'warning', at: 'data.a\\.b' }),
  finding({ code: 'undescribed' }),
]
