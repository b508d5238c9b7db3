import { expect, test } from 'vitest'
import component from '@openova/coraza'

test('is coraza', () => {
  expect(component).toMatchObject({ name: 'coraza', tier: 'mandatory', namespace: 'coraza' })
})
