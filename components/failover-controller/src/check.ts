import type { Facts, List, Problem } from '@openova/core'
import type { FailoverControllerValues } from './values.ts'

/** Figures that would make it promote too early, twice, or never. */
export function checkTimes({
  values: { witnesses, quorum, patience, lease, promote },
  platform,
  peer,
}: Facts<FailoverControllerValues>): List<Problem> {
  const most = Math.floor(witnesses.length / 2) + 1
  return [
    (quorum < most || quorum > witnesses.length) && {
      at: 'quorum',
      message: `Unexpected quorum ${quorum} of ${witnesses.length} witnesses, expected a majority: ${most} to ${witnesses.length}`,
      fix: `set \`quorum: ${most}\``,
    },
    lease.duration < 3 * lease.heartbeat && {
      at: 'lease.heartbeat',
      message: `Unexpected heartbeat of ${lease.heartbeat} s, expected three or more within the ${lease.duration} s that a lease lasts`,
      fix: `set \`lease.heartbeat: ${Math.floor(lease.duration / 3)}\` or less, or raise \`lease.duration\``,
    },
    patience < 2 * lease.duration && {
      at: 'patience',
      message: `Unexpected ${patience} s of patience, expected at least ${2 * lease.duration}: the pod of a healthy region may move to another node meanwhile`,
      fix: `set \`patience: ${2 * lease.duration}\` or more`,
    },
    peer !== undefined &&
      platform.failover.writeServices === 'controller' &&
      promote.length === 0 && {
        at: 'promote',
        message:
          'Unexpected empty list, expected services with `failover.writeServices: controller`: nobody else points a write Service anywhere',
        fix: 'name the services that are replicated, or set `failover.writeServices: flux`',
      },
  ]
}
