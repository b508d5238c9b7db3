import type { Resource } from '@openova/core'
import { resourcesOf } from './buckets.ts'
import { openLocal, rootEnv, scriptJob } from './job.ts'

interface Replication {
  peer: string
  buckets: readonly string[]
  secrets: { root: string; guest: string; ours: string }
}

/**
 * Lets the other region in as user `peer`: to write what is replicated, to read the archives from which databases follow.
 * Then sends the replicated buckets there, each object in both directions; the last writer wins.
 */
export function replicationJob({ peer, buckets, secrets }: Replication): Resource {
  const host = `minio-${peer}.minio.svc:9000`
  return scriptJob('replication', {
    env: {
      ...rootEnv(secrets.root),
      GUEST_KEY: { secret: secrets.guest, key: 'secretKey' },
      OUR_KEY: { secret: secrets.ours, key: 'secretKey' },
    },
    script: `${openLocal}echo '${JSON.stringify(guestPolicy(buckets))}' >/work/peer.json
mc admin policy create local peer /work/peer.json
mc admin user add local peer "$GUEST_KEY"
mc admin policy attach local peer --user peer
${buckets.map((bucket) => replicate(bucket, host)).join('')}`,
  })
}

function guestPolicy(replicated: readonly string[]) {
  const archives = { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:GetObject'], Resource: resourcesOf('cnpg-*') }
  const copies = { Effect: 'Allow', Action: ['s3:*'], Resource: replicated.flatMap(resourcesOf) }
  return { Version: '2012-10-17', Statement: replicated.length > 0 ? [archives, copies] : [archives] }
}

const replicate = (bucket: string, host: string) => `mc replicate ls local/${bucket} --json 2>/dev/null | grep -q '"Destination"' ||
  mc replicate add local/${bucket} --remote-bucket "https://peer:$OUR_KEY@${host}/${bucket}" \\
    --replicate delete,delete-marker,existing-objects
`
