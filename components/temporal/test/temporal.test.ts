import { testComponent } from '@openova/testing'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    {
      name: 'two-replicas',
      spec: (base) => {
        base.spec.components['temporal'] = { values: { replicas: 2 } }
        return base
      },
    },
  ],
})
