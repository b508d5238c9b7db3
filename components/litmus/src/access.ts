import { type Resource, resource } from '@openova/core'
import type { Attack, Rule } from './attacks.ts'
import { scheduler } from './engines.ts'

const group = 'rbac.authorization.k8s.io'

/** Each attack is an account of its own, which may do at its target what the attack does, and in this namespace what Litmus does for it. */
export function accounts(attacks: readonly Attack[]): Resource[] {
  const names = attacks.map(({ name }) => name)
  return [
    ...[...names, scheduler].map((name) => resource('v1/ServiceAccount', name, {})),
    ...roleIn('litmus', 'experiments', { rules: inOwnNamespace, accounts: names }),
    ...roleIn('litmus', scheduler, {
      rules: [{ apiGroups: ['litmuschaos.io'], resources: ['chaosengines'], resourceNames: names, verbs: ['get', 'patch'] }],
      accounts: [scheduler],
    }),
    ...attacks.flatMap(({ name, rights: { namespace, rules } }) => {
      const role = { rules, accounts: [name] }
      return namespace === undefined ? clusterRole(`litmus-${name}`, role) : roleIn(namespace, `litmus-${name}`, role)
    }),
  ]
}

/** The exporter reads all namespaces, and has no setting for fewer. */
export const exporterAccess = (): Resource[] =>
  clusterRole('litmus-exporter', {
    rules: [
      { apiGroups: ['litmuschaos.io'], resources: ['chaosengines', 'chaosresults'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['events'], verbs: ['get', 'list', 'watch'] },
    ],
    accounts: ['litmus'],
  })

/** What the runner of an engine, and the experiment after it, do for Litmus. */
const inOwnNamespace: readonly Rule[] = [
  { apiGroups: ['litmuschaos.io'], resources: ['chaosengines'], verbs: ['get', 'list', 'patch', 'update'] },
  { apiGroups: ['litmuschaos.io'], resources: ['chaosexperiments'], verbs: ['get', 'list'] },
  { apiGroups: ['litmuschaos.io'], resources: ['chaosresults'], verbs: ['get', 'list', 'create', 'patch', 'update'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'create', 'delete'] },
  { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['events'], verbs: ['get', 'list', 'create', 'patch', 'update'] },
]

interface Granted {
  rules: readonly Rule[]
  accounts: readonly string[]
}

function roleIn(namespace: string, name: string, { rules, accounts: names }: Granted): Resource[] {
  return [
    resource(`${group}/v1/Role`, name, { namespace, rules: [...rules] }),
    resource(`${group}/v1/RoleBinding`, name, { namespace, roleRef: { apiGroup: group, kind: 'Role', name }, subjects: subjects(names) }),
  ]
}

function clusterRole(name: string, { rules, accounts: names }: Granted): Resource[] {
  return [
    resource(`${group}/v1/ClusterRole`, name, { rules: [...rules] }),
    resource(`${group}/v1/ClusterRoleBinding`, name, {
      roleRef: { apiGroup: group, kind: 'ClusterRole', name },
      subjects: subjects(names),
    }),
  ]
}

const subjects = (names: readonly string[]) => names.map((name) => ({ kind: 'ServiceAccount', name, namespace: 'litmus' }))
