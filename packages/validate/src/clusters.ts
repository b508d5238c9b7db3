import type { Cluster, Repository } from './repository.ts'
import type { Draft } from './rule.ts'

/** Stands in a message for the clusters that a finding is about. */
export const clusterNames = '{clusters}'

/** What a check finds in each cluster; what several clusters share is reported once, with their names. */
export function inClusters(repository: Repository, check: (cluster: Cluster) => Draft[]): Draft[] {
  const found = repository
    .clusters()
    .flatMap((cluster) => check(cluster).map((draft) => ({ draft, folder: cluster.folder || 'this cluster' })))
  const groups = Map.groupBy(found, ({ draft: { file, document, at, message } }) => JSON.stringify([file, document, at, message]))
  return [...groups.values()].map((group) => {
    const { draft } = group[0]!
    return { ...draft, message: draft.message.replace(clusterNames, [...new Set(group.map(({ folder }) => folder))].join(' and ')) }
  })
}
