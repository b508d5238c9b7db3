import { oneRegion, testComponent } from '@openova/testing'
import fingate from '../src/index.ts'

testComponent(fingate, {
  cases: [{ name: 'one-region', spec: oneRegion }],
})
