import { type ClaimOf, type Grant, type Resource, resource, statefulSet } from '@openova/core'
import { serverTls } from './certificates.ts'
import { kubeName } from './names.ts'
import type { CnpgValues } from './values.ts'

type Claim = ClaimOf<'database'>

export const pluginName = 'barman-cloud.cloudnative-pg.io'

/** A store of each region where the other follows. */
export const storeName = (region: string | undefined): string => (region === undefined ? 'store' : `store-${region}`)

/** Where a cluster archives to: the bucket that was asked for on its behalf. */
export function objectStore(
  bucket: Grant<'bucket'>,
  { name, cluster, backup, instances }: { name: string; cluster: string; backup: CnpgValues['backup']; instances: number },
): Resource {
  return resource('barmancloud.cnpg.io/v1/ObjectStore', name, {
    // The sidecar in each server's pod.
    workloads: [
      statefulSet(`${cluster}-archive`, {
        at: { resources: 'spec.instanceSidecarConfiguration.resources' },
        replicas: instances,
        cpu: '10m',
        memory: '64Mi',
        memoryLimit: '256Mi',
      }),
    ],
    spec: {
      retentionPolicy: `${backup.keepDays}d`,
      configuration: {
        ...place(cluster, bucket),
        ...credentials(bucket.secret),
        wal: { compression: 'gzip', maxParallel: 2 },
        data: { compression: 'gzip', jobs: 2 },
      },
    },
  })
}

/** The other region's archive, from which this one follows, or would; the plugin waits for the object even where it writes. */
export function peerStore({ ask, backup }: Claim, peer: string): Resource {
  return resource('barmancloud.cnpg.io/v1/ObjectStore', storeName(peer), {
    spec: { configuration: { ...place(kubeName(ask.name), backup?.peer ?? {}), ...credentials(peerSecret) } },
  })
}

/** It is read as the guest that the other region's MinIO lets in. */
export function peerCredential(peer: string): Resource {
  return resource('external-secrets.io/v1/ExternalSecret', peerSecret, {
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'bao-local' },
      target: {
        name: peerSecret,
        creationPolicy: 'Owner',
        template: { engineVersion: 'v2', data: { accessKey: 'peer', secretKey: '{{ .secretKey }}' } },
      },
      data: [{ secretKey: 'secretKey', remoteRef: { key: `shared/${peer}/minio/peer-${peer}`, property: 'secretKey' } }],
    },
  })
}

const peerSecret = 'peer-archive'

const place = (cluster: string, { bucket, endpoint }: { bucket?: string; endpoint?: string }) => ({
  destinationPath: `s3://${bucket}/`,
  endpointURL: endpoint,
  endpointCA: { name: serverTls(cluster), key: 'ca.crt' },
})

const credentials = (name: string) => ({
  s3Credentials: { accessKeyId: { name, key: 'accessKey' }, secretAccessKey: { name, key: 'secretKey' } },
})
