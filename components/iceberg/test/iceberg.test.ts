import { testComponent } from '@openova/testing'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    {
      name: 'two-replicas',
      spec: (base) => {
        base.spec.components['iceberg'] = { values: { replicas: 2 } }
        return base
      },
    },
  ],
})
