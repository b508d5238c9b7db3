import { type Resource, resource } from '@openova/core'

/** Names of the environment variables with a bucket's keys; every bucket has a user of its own. */
export const accessKey = (prefix: string): string => `${prefix}_ACCESS_KEY`
export const secretKey = (prefix: string): string => `${prefix}_SECRET_KEY`

/** The Secret of a bucket, as environment. */
export function keysOf(prefix: string): (s3: { accessKey: string; secretKey: string }) => Record<string, string> {
  return (s3) => ({ [accessKey(prefix)]: s3.accessKey, [secretKey(prefix)]: s3.secretKey })
}

/** Expanded by the process itself, so that no key stands in a ConfigMap. */
export const fromEnvironment = (name: string): string => `\${${name}}`

/** `host:port`, as the S3 clients of all three stores want it. */
export const addressOf = ({ endpoint }: { endpoint: string }): string => new URL(endpoint).host

const caSecret = 'internal-ca'
const caFolder = '/etc/internal-ca'
export const caFile = `${caFolder}/ca.crt`
export const caVolume = { name: caSecret, secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }
export const caMount = { name: caSecret, mountPath: caFolder, readOnly: true }

/** MinIO's certificate is from the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
export function internalCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['grafana.grafana.svc'],
      usages: ['client auth'],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
