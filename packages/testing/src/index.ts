export { oneRegion, testPlatform } from './platform.ts'
export { planOf } from './plan.ts'
export { type Case, testComponent } from './component.ts'
export { catalogWith, findingsOn, objectsOf } from './catalog.ts'
