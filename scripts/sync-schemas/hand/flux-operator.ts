import { boolean, list, map, object, oneOf, text } from '../shapes.ts'
import { kind } from './kind.ts'

/** The operator's own types are not under a licence that lets this be derived from them; this lists what its manual documents. */
export const fluxOperator = () => [
  kind('fluxcd.controlplane.io/v1/FluxInstance', {
    'distribution!': object({
      'version!': text,
      'registry!': text,
      variant: oneOf('upstream-alpine', 'enterprise-alpine', 'enterprise-distroless', 'enterprise-distroless-fips'),
      artifact: { ...text, pattern: '^oci://.*$' },
      artifactPullSecret: text,
      imagePullSecret: text,
    }),
    components: list(
      oneOf(
        'source-controller',
        'kustomize-controller',
        'helm-controller',
        'notification-controller',
        'image-reflector-controller',
        'image-automation-controller',
        'source-watcher',
      ),
    ),
    cluster: object({
      domain: text,
      type: oneOf('kubernetes', 'openshift', 'aws', 'azure', 'gcp'),
      size: oneOf('small', 'medium', 'large'),
      multitenant: boolean,
      multitenantWorkloadIdentity: boolean,
      objectLevelWorkloadIdentity: boolean,
      networkPolicy: boolean,
      tenantDefaultServiceAccount: text,
      tenantDefaultDecryptionServiceAccount: text,
      tenantDefaultKubeConfigServiceAccount: text,
    }),
    commonMetadata: object({ annotations: map(text), labels: map(text) }),
    kustomize: object({ patches: list(object({ 'patch!': text, target: target() })) }),
    sharding: object({ key: text, 'shards!': list(text), storage: oneOf('ephemeral', 'persistent') }),
    storage: object({ 'class!': text, 'size!': text }),
    sync: object({
      'kind!': oneOf('OCIRepository', 'GitRepository', 'Bucket'),
      'url!': text,
      'ref!': text,
      'path!': text,
      name: text,
      interval: { ...text, pattern: '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$' },
      pullSecret: text,
      provider: oneOf('generic', 'aws', 'azure', 'gcp', 'github'),
    }),
    migrateResources: boolean,
    wait: boolean,
  }),
]

const target = () =>
  object({ annotationSelector: text, group: text, kind: text, labelSelector: text, name: text, namespace: text, version: text })
