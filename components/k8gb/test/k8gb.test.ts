import { expect, test } from 'vitest'
import component from '@openova/k8gb'

test('is k8gb', () => {
  expect(component).toMatchObject({ name: 'k8gb', tier: 'mandatory', namespace: 'k8gb' })
})
