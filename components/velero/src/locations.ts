import { type Grant, type Platform, type Resource, resource } from '@openova/core'
import { archivalProviders, plugins, s3Compatible } from './archival.ts'
import type { VeleroValues } from './values.ts'

export const local = 'local'
export const archival = 'archival'
/** Secret with the CA by which MinIO is known. */
const caSecret = 'internal-ca'

/** MinIO's certificate is from the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
export function internalCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['velero.velero.svc'],
      usages: ['client auth'],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}

/** The bucket in this region's MinIO; where a backup goes that names no location. */
export function localLocation({ bucket, endpoint, secret }: Grant<'bucket'>): Resource {
  return resource('velero.io/v1/BackupStorageLocation', local, {
    spec: {
      provider: plugins.aws.provider,
      default: true,
      objectStorage: { bucket, caCertRef: { name: caSecret, key: 'ca.crt' } },
      credential: { name: secret, key: 'cloud' },
      config: { region: 'us-east-1', s3Url: endpoint, ...s3Compatible },
    },
  })
}

interface Place {
  platform: Platform
  values: VeleroValues
  /** The region whose backups lie there, below its name. */
  prefix: string
  secret: string
}

export const archivalLocation = (place: Place): Resource => archiveOf(archival, place, 'ReadWrite')

/** What the other region archives, to restore it here. Two that write below one prefix would delete each other's backups. */
export const peerLocation = (place: Place): Resource => archiveOf(`${archival}-${place.prefix}`, place, 'ReadOnly')

function archiveOf(name: string, { platform, values, prefix, secret }: Place, accessMode: 'ReadWrite' | 'ReadOnly'): Resource {
  const { plugin, credential, config } = archivalProviders[platform.archival]
  return resource('velero.io/v1/BackupStorageLocation', name, {
    spec: {
      provider: plugin.provider,
      accessMode,
      objectStorage: { bucket: values.archival.bucket, prefix },
      credential: { name: secret, key: credential },
      config: config(values.archival),
    },
  })
}
