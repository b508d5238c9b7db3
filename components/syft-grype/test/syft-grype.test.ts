import { getIn } from '@openova/core'
import { oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'with-kafka',
      spec: (base) => {
        base.spec.components.strimzi = {}
        return base
      },
    },
    {
      name: 'private-registries',
      spec: (base) => {
        base.spec.components['syft-grype'] = { values: { registryLogin: true, severities: ['Critical'], schedule: '0 4 * * 1' } }
        return base
      },
    },
  ],
})

describe('syft-grype', () => {
  test('keeps its results in a bucket that both regions have', () => {
    const bucket = unitOf().needs.find(({ kind }) => kind === 'bucket')
    expect(bucket?.ask).toMatchObject({ name: 'sbom', replicated: true })
  })

  test('counts the steps of a scan as one pod of the largest', () => {
    const { scan } = unitOf()
    expect(scan.workloads).toMatchObject([{ kind: 'Job', cpu: '200m', memory: '384Mi', memoryLimit: '2Gi' }])
    const steps = getIn(scan.body, 'spec.jobTemplate.spec.template.spec.initContainers')
    const requests = Array.isArray(steps) ? steps.map((step) => getIn(step, 'resources.requests.memory')) : []
    expect(new Set(requests)).toEqual(new Set(['32Mi', '384Mi']))
  })

  test('never has two scans at once', () => {
    expect(getIn(unitOf().scan.body, 'spec.concurrencyPolicy')).toBe('Forbid')
  })
})

function unitOf() {
  const { needs, stages } = planOf(testPlatform()).regions[0]!.units.find(({ name }) => name === 'syft-grype')!
  return { needs, scan: stages.flatMap(({ resources }) => resources).find(({ kind }) => kind === 'CronJob')! }
}
