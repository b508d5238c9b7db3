import { defineComponent } from '@openova/core'
import { values } from './values.ts'

/** One sentence: what coraza is, and on what. */
export default defineComponent({
  name: 'coraza',
  tier: 'mandatory',
  category: 'uncategorized',
  namespace: 'coraza',
  values,
})
