import { getIn } from '@openova/core'
import { oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'strict',
      spec: (base) => {
        base.spec.components.trivy = { values: { severities: ['CRITICAL'], ignoreUnfixed: true, pullSecrets: true, compliance: false } }
        return base
      },
    },
  ],
})

describe('trivy', () => {
  test('scans one image at a time, which the budget counts once', () => {
    const { values, workloads } = operatorOf()
    expect(getIn(values, 'operator.scanJobsConcurrentLimit')).toBe(1)
    expect(workloads.find(({ kind }) => kind === 'Job')).toMatchObject({ replicas: 1, memory: '96Mi' })
    expect(getIn(values, 'trivy.resources.requests.memory')).toBe('96Mi')
  })

  test('leaves bills of materials to syft', () => {
    expect(getIn(operatorOf().values, 'operator.sbomGenerationEnabled')).toBe(false)
  })

  test('needs no exception from restricted pod security', () => {
    const unit = planOf(testPlatform()).regions[0]!.units.find(({ name }) => name === 'trivy')!
    expect(unit.namespace.podSecurity).toBe('restricted')
    expect(getIn(operatorOf().values, 'operator.infraAssessmentScannerEnabled')).toBe(false)
    expect(getIn(operatorOf().values, 'trivyOperator.scanJobPodTemplatePodSecurityContext.runAsNonRoot')).toBe(true)
  })
})

function operatorOf() {
  const unit = planOf(testPlatform()).regions[0]!.units.find(({ name }) => name === 'trivy')!
  return unit.stages.flatMap(({ releases }) => releases)[0]!
}
