import type { Chosen, Metric } from '@openova/core'
import { serviceLevels } from './service-levels.ts'

/** The rule file of Mimir's ruler: the service levels, and every metric with a threshold of every chosen component. JSON is YAML. */
export function ruleFile(chosen: readonly Chosen[]): string {
  const levels = {
    name: 'service-levels',
    rules: [
      ...serviceLevels.map(({ record, expr }) => ({ record, expr })),
      ...serviceLevels.map((level) => alert('service', { ...level, expr: level.record }, { severity: 'critical' })),
    ],
  }
  const components = chosen.map(({ name, metrics = [] }) => ({
    name,
    rules: metrics.filter(hasThreshold).map((metric) => alert(name, metric, { severity: 'warning' })),
  }))
  const groups = [levels, ...components.filter(({ rules }) => rules.length > 0)]
  return `${JSON.stringify({ groups }, undefined, 2)}\n`
}

const hasThreshold = ({ above, below }: Metric) => above !== undefined || below !== undefined

function alert(component: string, { name, expr, unit, above, below, for: duration, action }: Metric, { severity }: { severity: string }) {
  const bounds = [...(above === undefined ? [] : [`(${expr}) > ${above}`]), ...(below === undefined ? [] : [`(${expr}) < ${below}`])]
  const expected = [...(above === undefined ? [] : [`at most ${above}`]), ...(below === undefined ? [] : [`at least ${below}`])].join(', ')
  return {
    alert: `${component}: ${name}`,
    expr: bounds.join(' or '),
    for: duration,
    labels: { component, severity },
    annotations: { summary: `${name}: {{ $value | humanize }} ${unit}, expected ${expected}`, description: action },
  }
}
