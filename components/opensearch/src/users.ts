import { body } from './job.ts'

interface Role {
  cluster_permissions?: readonly string[]
  index_permissions?: readonly { index_patterns: readonly string[]; allowed_actions: readonly string[] }[]
}

/** Its own events only: what the other region writes comes by replication. */
const rolesOf = (region: string): Readonly<Record<string, Role>> => ({
  ingest: {
    cluster_permissions: ['cluster_monitor', 'indices:data/write/bulk'],
    index_permissions: [
      { index_patterns: [`siem-${region}-*`], allowed_actions: ['create_index', 'write', 'indices:admin/mapping/auto_put'] },
    ],
  },
  exporter: {
    cluster_permissions: ['cluster_monitor', 'cluster:admin/repository/get', 'cluster:admin/snapshot/get'],
    index_permissions: [{ index_patterns: ['*'], allowed_actions: ['indices_monitor'] }],
  },
})

/** What the follower may do at the leader, and at home. */
const replicationRoles: Readonly<Record<string, Role>> = {
  'replication-leader': {
    index_permissions: [
      {
        index_patterns: ['siem-*'],
        allowed_actions: [
          'indices:admin/plugins/replication/index/setup/validate',
          'indices:data/read/plugins/replication/changes',
          'indices:data/read/plugins/replication/file_chunk',
        ],
      },
    ],
  },
  'replication-follower': {
    cluster_permissions: ['cluster:admin/plugins/replication/autofollow/update', 'cluster:monitor/state'],
    index_permissions: [
      {
        index_patterns: ['siem-*'],
        allowed_actions: [
          'indices:admin/plugins/replication/index/setup/validate',
          'indices:data/write/plugins/replication/changes',
          'indices:admin/plugins/replication/index/*',
        ],
      },
    ],
  },
}

/** The user as whom the Jobs make all the rest; roles of a login are what they stand for here. */
export function makeAdmin(login: Readonly<Record<string, string>>): string {
  const backendRoles = (role: string) => Object.keys(login).filter((name) => login[name] === role)
  const others = [...new Set(Object.values(login))].filter((role) => role !== adminRole)
  return `until security GET roles >/dev/null 2>&1; do echo 'waiting for opensearch'; sleep 5; done
security PUT internalusers/admin ${body({ password: '$ADMIN_PASSWORD' })}
security PUT rolesmapping/${adminRole} ${body({ users: ['admin'], ...(backendRoles(adminRole).length > 0 && { backend_roles: backendRoles(adminRole) }) })}
${others.map((role) => `security PUT rolesmapping/${role} ${body({ backend_roles: backendRoles(role) })}\n`).join('')}`
}
const adminRole = 'all_access'

/** Everybody else; writers come last in the script, so that no event arrives before its index template. */
export function makeUsers(region: string, { replicated }: { replicated: boolean }): string {
  const roles = { ...rolesOf(region), ...(replicated && replicationRoles) }
  return [
    ...Object.entries(roles).map(([name, role]) => `security PUT roles/${name} ${body(role)}\n`),
    user('dashboards', 'DASHBOARDS_PASSWORD', ['kibana_server']),
    user('exporter', 'EXPORTER_PASSWORD', ['exporter']),
    replicated ? user('replication', 'REPLICATION_PASSWORD', ['replication-leader', 'replication-follower']) : '',
    user('ingest', 'INGEST_PASSWORD', ['ingest']),
  ].join('')
}

function user(name: string, variable: string, roles: readonly string[]): string {
  return `security PUT internalusers/${name} ${body({ password: `$${variable}` })}
${roles.map((role) => `security PUT rolesmapping/${role} ${body({ users: [name] })}\n`).join('')}`
}
