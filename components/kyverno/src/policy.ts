import { type Resource, resource } from '@openova/core'

/** Who makes a namespace for a tenant gives it this label, with the tenant's name. */
export const tenantLabel = 'openova.io/tenant'
export const inTenants = { matchExpressions: [{ key: tenantLabel, operator: 'Exists' }] }

export interface Rule {
  name: string
  title: string
  severity: 'low' | 'medium' | 'high'
  resources: readonly { apiGroups: readonly string[]; resources: readonly string[] }[]
  variables?: Readonly<Record<string, string>>
  /** Message -> CEL that must be true. */
  validations: Readonly<Record<string, string>>
  /** Labels of namespaces in which it says nothing. */
  exempt?: readonly { key: string; operator: string; values: readonly string[] }[]
}

/**
 * One rule, two policies: outside tenant namespaces it only reports, and is passed over while Kyverno is down;
 * in them it refuses, whoever answers or does not.
 */
export function policies(rule: Rule, enforce: boolean): Resource[] {
  const { exempt = [] } = rule
  return [
    policy(rule.name, rule, {
      namespaces: { matchExpressions: [{ key: tenantLabel, operator: 'DoesNotExist' }, ...exempt] },
      actions: ['Audit'],
      failurePolicy: 'Ignore',
    }),
    policy(`${rule.name}-tenants`, rule, {
      namespaces: inTenants,
      actions: [enforce ? 'Deny' : 'Audit'],
      failurePolicy: enforce ? 'Fail' : 'Ignore',
    }),
  ]
}

interface Place {
  namespaces: object
  actions: readonly ('Audit' | 'Deny')[]
  failurePolicy: 'Fail' | 'Ignore'
}

function policy(name: string, { title, severity, resources, variables = {}, validations }: Rule, place: Place): Resource {
  return resource('policies.kyverno.io/v1/ValidatingPolicy', name, {
    annotations: {
      'policies.kyverno.io/title': title,
      'policies.kyverno.io/category': 'OpenOva',
      'policies.kyverno.io/severity': severity,
    },
    spec: {
      failurePolicy: place.failurePolicy,
      validationActions: place.actions,
      matchConstraints: {
        namespaceSelector: place.namespaces,
        resourceRules: resources.map((kinds) => ({ ...kinds, apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'] })),
      },
      variables: Object.entries(variables).map(([variable, expression]) => ({ name: variable, expression })),
      validations: Object.entries(validations).map(([message, expression]) => ({ message, expression })),
    },
  })
}
