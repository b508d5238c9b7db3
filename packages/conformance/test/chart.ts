import { readValues } from '../src/chart/upstream.ts'
import type { Chart } from '../src/chart/upstream.ts'

/** A chart with these values, without anything that a test does not name. */
export function chartOf(values: string, rest: Partial<Chart> = {}): Chart {
  return {
    name: 'demo',
    component: 'demo',
    versions: ['1.2.3'],
    values: readValues(values),
    schema: undefined,
    facts: [],
    subcharts: new Map(),
    ...rest,
  }
}
