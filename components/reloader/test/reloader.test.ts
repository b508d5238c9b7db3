import { oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'two-replicas', spec: () => platformWith({ replicas: 2 }) },
    { name: 'ignored-namespaces', spec: () => platformWith({ ignoreNamespaces: ['kube-system', 'openbao'] }) },
    { name: 'reload-all', spec: () => platformWith({ reloadAll: true }) },
  ],
})

test('two pods agree on a leader, so that a workload is restarted once', () => {
  expect(settingsOf({ replicas: 1 })).toMatchObject({ enableHA: false, podDisruptionBudget: { enabled: false } })
  expect(settingsOf({ replicas: 2 })).toMatchObject({ enableHA: true, deployment: { replicas: 2 } })
})

test('restarts by an annotation of the pods, which Flux leaves alone', () => {
  expect(settingsOf({})).toMatchObject({ reloadStrategy: 'annotations', autoReloadAll: false })
})

test('never touches Jobs: Flux repeats them', () => {
  expect(settingsOf({ reloadAll: true })).toMatchObject({ autoReloadAll: true, ignoreJobs: true, ignoreCronJobs: true })
})

function platformWith(values: Record<string, unknown>) {
  const platform = testPlatform()
  platform.spec.components['reloader'] = { values }
  return platform
}

function settingsOf(values: Record<string, unknown>): unknown {
  const { stages } = planOf(platformWith(values)).regions[0]!.units.find(({ name }) => name === 'reloader')!
  return stages.flatMap(({ releases }) => releases)[0]!.values['reloader']
}
