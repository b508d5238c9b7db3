import type { Grant } from '@openova/core'
import { body } from './job.ts'
import type { OpensearchValues } from './values.ts'

/** This region's events, every day; what comes from Git is not in it. */
export function makeSnapshots({ schedule, keepDays }: OpensearchValues['snapshots'], { bucket }: Grant<'bucket'>, region: string): string {
  const cron = (expression: string) => ({ schedule: { cron: { expression, timezone: 'UTC' } }, time_limit: '2h' })
  const policy = {
    description: `Events of ${region}, kept for ${keepDays} days.`,
    enabled: true,
    creation: cron(schedule),
    deletion: { ...cron('0 5 * * *'), condition: { max_age: `${keepDays}d`, min_count: 1 } },
    snapshot_config: {
      repository: 'minio',
      indices: `siem-${region}-*`,
      include_global_state: false,
      partial: true,
      ignore_unavailable: true,
    },
  }
  return `api PUT _snapshot/minio ${body({ type: 's3', settings: { bucket, client: 'default' } })}
policy POST _plugins/_sm/policies/events ${body(policy)}
`
}
