import type { Resource } from '@openova/core'
import { adminEnv, apiJob, body } from './job.ts'

/** Links the other region's cluster, and follows every index that it has or will have of its own events. */
export function replicationJob(peer: string, secrets: { admin: string; replication: string }): Resource {
  const remote = { mode: 'proxy', proxy_address: `opensearch-${peer}.opensearch.svc:9300` }
  const rule = {
    leader_alias: peer,
    name: `siem-${peer}`,
    pattern: `siem-${peer}-*`,
    use_roles: { leader_cluster_role: 'replication-leader', follower_cluster_role: 'replication-follower' },
  }
  return apiJob('replication', {
    env: { ...adminEnv(secrets.admin), REPLICATION_PASSWORD: { secret: secrets.replication, key: 'password' } },
    script: `api PUT _cluster/settings ${body({ persistent: { cluster: { remote: { [peer]: remote } } } })}
if ! find _plugins/_replication/autofollow_stats | grep -q '"siem-${peer}"'; then
  call --fail-with-body --user "replication:$REPLICATION_PASSWORD" --request POST "$url/_plugins/_replication/_autofollow" \\
    --data ${body(rule)}
fi
`,
  })
}
