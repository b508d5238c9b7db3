import { body } from './job.ts'
import type { OpensearchValues } from './values.ts'

interface Indices {
  values: OpensearchValues
  region: string
  peer?: string
}

/** One template for all sources, `siem-<region>-<source>-<day>`, and what becomes of an index as it grows old. */
export function makeIndices({ values: { replicas, retention }, region, peer }: Indices): string {
  return [
    `api PUT _index_template/siem ${body(template(replicas))}\n`,
    agePolicy('siem-own', region, { days: retention.hotDays, last: [{ delete: {} }] }),
    // Its leader must be deleted by then, or it would be followed anew.
    peer === undefined
      ? ''
      : agePolicy('siem-followed', peer, { days: retention.followedDays, last: [{ stop_replication: {} }, { delete: {} }] }),
  ].join('')
}

/** Indices that have the policy already go on with its new version. */
function agePolicy(name: string, region: string, { days, last }: { days: number; last: readonly object[] }): string {
  const policy = {
    description: `Events of ${region}: hot for ${days} days, then deleted.`,
    default_state: 'hot',
    states: [
      { name: 'hot', actions: [], transitions: [{ state_name: 'delete', conditions: { min_index_age: `${days}d` } }] },
      {
        name: 'delete',
        actions: last.map((action) => ({ retry: { count: 5, backoff: 'exponential', delay: '10m' }, ...action })),
        transitions: [],
      },
    ],
    ism_template: [{ index_patterns: [`siem-${region}-*`], priority: 100 }],
  }
  return `policy PUT _plugins/_ism/policies/${name} ${body({ policy })}
find '_plugins/_ism/change_policy/siem-${region}-*' ${body({ policy_id: name })}
`
}

/** Fields that nobody foresaw are kept as exact words; none makes an event unwelcome. */
const template = (replicas: number) => ({
  index_patterns: ['siem-*'],
  priority: 100,
  template: {
    settings: {
      number_of_shards: 1,
      number_of_replicas: replicas > 1 ? 1 : 0,
      refresh_interval: '5s',
      'mapping.total_fields.limit': 2000,
      'mapping.ignore_malformed': true,
    },
    mappings: {
      dynamic_templates: [
        { fields_of_falco: { path_match: 'output_fields.*', mapping: word } },
        { words: { match_mapping_type: 'string', mapping: word } },
      ],
      properties: {
        '@timestamp': { type: 'date' },
        time: { type: 'date' },
        output: { type: 'text' },
        results: { properties: { message: { type: 'text' }, properties: { type: 'flat_object' } } },
      },
    },
  },
})
const word = { type: 'keyword', ignore_above: 8191 }
