import type { Resource } from '@openova/core'
import { combined, from, type Patch, required, tell, use } from '../patches.ts'
import { selfService } from '../template.ts'

const apiVersion = 'minio.crossplane.io/v1'

/** A bucket in the platform's own object storage. Of the prefix, no name is that of a bucket that a component has. */
export function bucket(): Resource[] {
  return selfService({
    kind: 'Bucket',
    plural: 'buckets',
    template: 'bucket',
    title: 'Bucket',
    description: 'A bucket `team-<name>` in MinIO, and a user who may use it and nothing else',
    // Its parts have no namespace.
    scope: 'Cluster',
    fields: {
      secret: {
        type: 'object',
        required: ['namespace', 'name'],
        properties: {
          namespace: { type: 'string', description: 'Namespace that exists.' },
          name: { type: 'string', description: 'Its name.' },
        },
        description: 'Secret that gets the keys: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.',
      },
    },
    status: {
      endpoint: { type: 'string', description: 'Where it is.' },
      policy: { type: 'string', description: 'What its user may do.' },
    },
    compositions: [
      {
        name: 'buckets',
        resources: [
          {
            name: 'bucket',
            base: {
              apiVersion,
              kind: 'Bucket',
              spec: { forProvider: { region: 'us-east-1', bucketDeletionPolicy: 'DeleteIfEmpty' } },
            },
            patches: [use('kept-bucket'), teamName('spec.forProvider.bucketName'), tell('status.endpointURL', 'status.endpoint')],
          },
          {
            name: 'policy',
            base: { apiVersion, kind: 'Policy', spec: { forProvider: {} } },
            // In MinIO it is called as its object is.
            patches: [
              use('kept-bucket'),
              teamName('metadata.name'),
              teamName('spec.forProvider.allowBucket'),
              tell('status.atProvider.policy', 'status.policy'),
            ],
          },
          {
            name: 'user',
            base: { apiVersion, kind: 'User', spec: { forProvider: {} } },
            patches: [
              // A user who is made before the policy never gets it.
              required(from('status.policy', 'metadata.annotations[openova.io/policy]')),
              use('kept-bucket'),
              teamName('spec.forProvider.userName'),
              teamName('spec.forProvider.policies[0]'),
              from('spec.secret.namespace', 'spec.writeConnectionSecretToRef.namespace'),
              from('spec.secret.name', 'spec.writeConnectionSecretToRef.name'),
            ],
          },
        ],
      },
    ],
  })
}

const teamName = (toFieldPath: string): Patch => combined(['metadata.name'], 'team-%s', toFieldPath)
