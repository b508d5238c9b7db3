import type { Resource } from '@openova/core'
import { policies } from './policy.ts'
import type { KyvernoValues } from './values.ts'

/** The naming convention, for what people look for by label. */
export function requiredLabels({ requiredLabels: labels, enforce }: KyvernoValues): Resource[] {
  if (labels.length === 0) return []
  return policies(
    {
      name: 'required-labels',
      title: 'Workloads and Services carry the labels of the naming convention',
      severity: 'low',
      resources: [
        { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'] },
        { apiGroups: ['batch'], resources: ['cronjobs'] },
        { apiGroups: [''], resources: ['services'] },
      ],
      validations: {
        [`Unexpected labels, expected all of ${labels.join(', ')}.`]: `[${labels.map(quoted).join(', ')}].all(label, label in object.metadata.?labels.orValue({}))`,
      },
    },
    enforce,
  )
}

const quoted = (label: string) => `'${label.replaceAll(/['\\]/g, '\\$&')}'`
