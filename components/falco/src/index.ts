import { defineComponent, optional, secret, template, topic } from '@openova/core'
import { sensor } from './sensor.ts'
import { internalCa, sidekick } from './sidekick.ts'
import { values } from './values.ts'

export type { FalcoValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Watches system calls on every node by eBPF, and reports what breaks a rule to the SIEM. */
export default defineComponent({
  name: 'falco',
  tier: 'mandatory',
  category: 'security',
  budget: 'security',
  namespace: { name: 'falco', podSecurity: 'privileged', reason: 'Falco loads eBPF programs and reads the processes of the host.' },
  values,

  network: ({ has }) => ({
    // Rules and the plugin that knows containers.
    egress: ['falcosecurity.github.io:443', 'ghcr.io:443', 'pkg-containers.githubusercontent.com:443'],
    metrics: [2801, 8765],
    calls: has('strimzi') ? [] : [{ to: 'opensearch', ports: [9200] }],
  }),
  metrics: [
    {
      name: 'Nodes without Falco',
      expr: 'sum(kube_daemonset_status_number_unavailable{namespace="falco"})',
      unit: 'nodes',
      above: 0,
      for: '10m',
      action: 'Look at the pods in namespace falco; the probe needs a kernel of 5.8 or newer with BTF.',
    },
    {
      name: 'Dropped system calls',
      expr: 'sum by (pod) (rate(falcosecurity_scap_n_drops_total[5m]))',
      unit: 'calls/s',
      above: 100,
      for: '15m',
      action: 'Falco does not see them: raise `driver.modernEbpf.bufSizePreset` by helmValues, or look for a noisy pod on that node.',
    },
    {
      name: 'Events that did not arrive',
      expr: 'sum by (destination) (increase(falcosecurity_falcosidekick_outputs_total{status!="ok"}[10m]))',
      unit: 'events',
      above: 0,
      for: '10m',
      action: 'Read the log of falcosidekick: Kafka or OpenSearch is away, refuses its user, or OpenSearch refuses a field.',
    },
    {
      name: 'Events',
      expr: 'sum by (rule) (increase(falcosecurity_falcosidekick_falco_events_total[1h]))',
      unit: 'events',
      for: '0s',
      action: 'A rule that is always right about something harmless wants an exception in `rules`.',
    },
  ],

  needs: ({ has }) => ({
    events: optional(
      topic({
        writes: [{ name: 'siem.falco' }],
        secret: (user) => ({ KAFKA_USERNAME: user.username, KAFKA_PASSWORD: user.password }),
      }),
    ),
    opensearch:
      !has('strimzi') &&
      secret(
        'opensearch',
        { ELASTICSEARCH_USERNAME: template('ingest'), ELASTICSEARCH_PASSWORD: template('{{ .password }}') },
        { path: 'region/opensearch/ingest', readOnly: true },
      ),
  }),

  before: () => [internalCa()],
  releases: ({ values, region, granted: { events, opensearch } }) => [sensor(values), sidekick(values, { region, events, opensearch })],
})
