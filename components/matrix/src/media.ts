import { type Grant, type HelmValues, type OwnImage, platformCa, type Resource, resource } from '@openova/core'
import type { MatrixValues } from './values.ts'

/** Claim of the volume with copies. */
const claim = 'media-cache'

/** Part of Synapse's configuration: every file goes to MinIO before it is there for others. What stands as `${...}` is filled in when the pod starts. */
export const storageProvider = ({ accessKey, secretKey }: { accessKey: string; secretKey: string }): string =>
  JSON.stringify({
    media_storage_providers: [
      {
        module: 's3_storage_provider.S3StorageProviderBackend',
        store_local: true,
        store_remote: true,
        store_synchronous: true,
        config: {
          bucket: '${S3_BUCKET}',
          endpoint_url: '${S3_ENDPOINT}',
          region_name: 'us-east-1',
          access_key_id: accessKey,
          secret_access_key: secretKey,
        },
      },
    ],
  })

/** What Synapse needs for it: its key in MinIO, the CA by which MinIO is known, and somebody who deletes old copies. */
export function mediaValues({ media, image }: MatrixValues, { bucket, endpoint, secret }: Grant<'bucket'>): HelmValues {
  return {
    media: { maxUploadSize: media.maxUploadSize, storage: { existingClaim: claim } },
    additional: { media: { configSecret: secret, configSecretKey: storageKey } },
    extraEnv: [
      { name: 'S3_BUCKET', value: bucket },
      { name: 'S3_ENDPOINT', value: endpoint },
      { name: 'AWS_CA_BUNDLE', value: platformCa.file },
    ],
    extraVolumes: [platformCa.volume],
    extraVolumeMounts: [platformCa.mount],
    extraInitContainers: [cleaner(image, media.cacheDays)],
  }
}

/** Key of the bucket's Secret. */
export const storageKey = 'media.yaml'

export function cacheVolume(storage: string): Resource {
  return resource('v1/PersistentVolumeClaim', claim, {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  })
}

/** Beside the server as long as it lives: Synapse itself keeps every copy for ever. */
function cleaner({ registry, name, tag }: OwnImage, days: number) {
  return {
    name: 'media-cache',
    image: `${registry}/${name}:${tag}`,
    restartPolicy: 'Always',
    command: ['/bin/sh', '-euc', `while true; do find /media -type f -atime +${days} -mmin +60 -delete; sleep 3600; done`],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [{ name: 'media', mountPath: '/media' }],
  }
}
