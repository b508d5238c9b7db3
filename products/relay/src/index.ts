import { defineProduct, use } from '@openova/core'
import livekit from '@openova/livekit'
import matrix from '@openova/matrix'
import stalwart from '@openova/stalwart'
import stunner from '@openova/stunner'
import { values } from './values.ts'

export type { RelayValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Communication: mail, chat with other servers, and calls that reach people behind any firewall. */
export default defineProduct({
  name: 'relay',
  tier: 'product',
  category: 'communication',
  namespace: 'relay',
  values,
  bundles: [use(stalwart, { replicas: 2 }), use(livekit), use(stunner), use(matrix)],
  limits: { cpu: '9', memory: '17Gi' },
})
