import { database, defineComponent, meshService, platformCa } from '@openova/core'
import { endpoint, server, serviceName } from './server.ts'
import { userOf } from './user.ts'
import { values } from './values.ts'

export type { FerretdbValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Databases of documents, spoken to as MongoDB is, on PostgreSQL: one writes, the other region follows. */
export default defineComponent({
  name: 'ferretdb',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'ferretdb',
  values,

  network: { metrics: [8088] },
  metrics: [
    {
      name: 'Failed requests',
      expr: 'sum by (result) (rate(ferretdb_client_responses_total{result!="ok"}[5m]))',
      unit: 'req/s',
      above: 1,
      for: '5m',
      action: 'The label `result` says why; the log of the pods in namespace ferretdb names the command that it does not know.',
    },
    {
      name: 'Pods that are not ready',
      expr: 'max(kube_deployment_status_replicas_unavailable{namespace="ferretdb",deployment="ferretdb"})',
      unit: 'pods',
      above: 0,
      for: '10m',
      action: 'They ask PostgreSQL before they say that they are ready: look at Cluster documents in namespace ferretdb.',
    },
    {
      name: 'Requests',
      expr: 'sum by (command) (rate(ferretdb_client_requests_total[5m]))',
      unit: 'req/s',
      for: '5m',
      action: 'None at all in the write region means that consumers are led elsewhere: look at the endpoints of Service ferretdb-write.',
    },
  ],

  needs: ({ values: { storage, connections } }) => ({
    db: database({
      name: 'documents',
      scope: 'replicated',
      engine: 'documentdb',
      storage,
      secret: (pg) => ({
        url: `postgres://${pg.username}:${pg.password}@${pg.host}:5432/${pg.database}?sslmode=verify-full&sslrootcert=${platformCa.file}&pool_max_conns=${connections}`,
      }),
    }),
  }),

  serves: {
    documents: {
      ready: 'install',
      opens: { atOwner: [27017], atPeer: [27017] },
      grant: ({ ask }) => ({ host: `${serviceName}.ferretdb.svc`, port: 27017, database: ask.name, username: ask.name }),
      credential: ({ ask, grant }) => ({
        username: { value: ask.name },
        password: { generate: 32 },
        host: { value: grant.host },
        database: { value: grant.database },
      }),
      credentialScope: (_, { peer }) => (peer ? 'shared' : 'region'),
      keepsCredential: 'needs',
      // A follower has its users from the writer.
      resources: (claim, { region, writeRegion }) => [writeRegion('ferretdb') === region.name && userOf(claim)],
    },
  },

  before: () => [platformCa.certificate(`${serviceName}.ferretdb.svc`)],
  install: ({ values: { replicas }, region, writeRegion, granted: { db }, claims }) => {
    const here = writeRegion('ferretdb') === region.name
    return [
      server({ replicas: here ? replicas : 0, url: db.secret }),
      // Without a consumer nobody may go there, from neither region.
      claims('documents').length > 0 && meshService(serviceName, endpoint, here),
    ]
  },
})
