import { type ClaimOf, type Part, type Resource, resource } from '@openova/core'
import { clusterLabel } from './cluster.ts'

type Claim = ClaimOf<'topic'>
export type Acl = Part<'kafka.strimzi.io/v1/KafkaUser', 'spec.authorization.acls.0'>
type Kind = Acl['resource']['type']
type Operation = Acl['operations'][number]

/** Also the name of the Secret that the operator makes of it, in the namespace of Kafka. */
export const userOf = ({ consumer, key }: Pick<Claim, 'consumer' | 'key'>): string => `${consumer}-${key}`.toLowerCase()

/** A consumer, by the password that is kept here, with a right for each topic that it named. */
export function kafkaUser(claim: Claim): Resource {
  const { writes = [], reads = [], manages = [] } = claim.ask
  const { group } = claim.grant
  return scramUser(userOf(claim), claim.credential, [
    ...writes.map(({ name }) => allow('topic', name, ['Describe', 'DescribeConfigs', 'Write'])),
    ...reads.map((name) => allow('topic', name, ['Describe', 'DescribeConfigs', 'Read'])),
    ...manages.map((prefix) => allow('topic', `${prefix}*`, owning)),
    allow('group', `${group}*`, ['Delete', 'Describe', 'Read']),
    allow('transactionalId', `${group}*`, ['Describe', 'Write']),
  ])
}

export function scramUser(name: string, secret: string, acls: Acl[]): Resource {
  return resource('kafka.strimzi.io/v1/KafkaUser', name, {
    namespace: 'strimzi',
    labels: clusterLabel,
    spec: {
      authentication: { type: 'scram-sha-512', password: { valueFrom: { secretKeyRef: { name: secret, key: 'password' } } } },
      authorization: { type: 'simple', acls },
    },
  })
}

/** A name, or a prefix that ends in `*`; `*` alone stands for all. */
export function allow(type: Kind, name: string, operations: Operation[]): Acl {
  const prefixed = name.length > 1 && name.endsWith('*')
  return {
    resource: { type, name: prefixed ? name.slice(0, -1) : name, patternType: prefixed ? 'prefix' : 'literal' },
    operations,
  }
}

const owning: Operation[] = ['Alter', 'AlterConfigs', 'Create', 'Delete', 'Describe', 'DescribeConfigs', 'Read', 'Write']
