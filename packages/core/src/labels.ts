import type { Platform } from './contract.ts'

/** Labels of every object that we write (the naming convention). */
export function labelsOf(
  { name, component, tier }: { name: string; component: string; tier: string },
  { environment, buildingBlock }: Platform,
): Record<string, string> {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/part-of': 'openova',
    'app.kubernetes.io/managed-by': 'openova',
    'openova.io/building-block': buildingBlock,
    'openova.io/environment': environment,
    'openova.io/tier': tier,
  }
}
