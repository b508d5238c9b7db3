import { defineComponent } from '@openova/core'
import { values } from './values.ts'

/** One sentence: what k8gb is, and on what. */
export default defineComponent({
  name: 'k8gb',
  tier: 'mandatory',
  category: 'uncategorized',
  namespace: 'k8gb',
  values,
})
