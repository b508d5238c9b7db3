import type { ComponentName } from '@openova/core'
import { didYouMean } from '../nearest.ts'
import { defineRule, type Draft, type SpecRule } from '../rule.ts'

export default defineRule<SpecRule>({
  name: 'unknown-product',
  severity: 'error',
  description: 'Products are those of the catalog, each named once.',
  on: 'spec',

  check({ spec }, { components, products }) {
    return spec.products.flatMap((name, index): Draft[] => {
      const at = `spec.products[${index}]`
      if (!products.has(name)) {
        const isComponent = components.has(name as unknown as ComponentName)
        const known = [...products.keys()]
        const fix = isComponent
          ? `\`${name}\` is a component: name it under \`spec.components\``
          : known.length > 0
            ? didYouMean(name, known)
            : 'take it out: the catalog has no products'
        return [{ at, message: `Unexpected product \`${name}\`, expected one of the catalog`, fix }]
      }
      if (spec.products.indexOf(name) === index) return []
      return [{ at, message: `Unexpected second \`${name}\`, expected each product once`, fix: 'take one of them out' }]
    })
  },

  examples: {
    pass: 'products: [cortex]',
    fail: 'products: [cortx]',
  },
})
