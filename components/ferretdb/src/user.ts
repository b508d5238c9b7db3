import { type ClaimOf, type Resource, resource } from '@openova/core'

/**
 * Users of FerretDB are those of its PostgreSQL. This is what its own `createUser` makes of one who may read and write:
 * it knows no rights for single databases, so that consumers share what is in it.
 */
export function userOf({ ask, consumer, credential }: ClaimOf<'documents'>): Resource {
  return resource('postgresql.cnpg.io/v1/DatabaseRole', `${consumer}-${ask.name}`, {
    namespace: 'ferretdb',
    spec: {
      cluster: { name: 'documents' },
      name: ask.name,
      login: true,
      inRoles: ['documentdb_admin_role'],
      passwordSecret: { name: credential },
      clientCertificate: { enabled: false },
      databaseRoleReclaimPolicy: 'delete',
    },
  })
}
