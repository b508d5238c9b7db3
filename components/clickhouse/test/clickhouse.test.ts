import { testComponent } from '@openova/testing'
import component from '../src/index.ts'
testComponent(component, { cases: [] })
