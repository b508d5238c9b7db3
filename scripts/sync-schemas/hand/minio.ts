import { object, oneOf, text } from '../shapes.ts'
import { kind } from './kind.ts'

/** The Crossplane provider of MinIO: where it is, and the Secret with the key that may make buckets. */
export const minio = () => [
  kind('minio.crossplane.io/v1/ProviderConfig', {
    'minioURL!': text,
    'credentials!': object({
      'source!': oneOf('None', 'Secret', 'InjectedIdentity', 'Environment', 'Filesystem'),
      apiSecretRef: object({ name: text, namespace: text }),
    }),
  }),
]
