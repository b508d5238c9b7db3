import { defineComponent, deployment, release, resource } from '@openova/core'
import { accounts, exporterAccess } from './access.ts'
import { attacksOn } from './attacks.ts'
import { engine, schedule } from './engines.ts'
import { experiments, version } from './experiments.ts'
import { values } from './values.ts'

export type { LitmusValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Brings about the failures that the platform has to survive: by hand, or in a window of each region that is never that of both. */
export default defineComponent({
  name: 'litmus',
  tier: 'a-la-carte',
  category: 'chaos',
  namespace: {
    name: 'litmus',
    podSecurity: 'baseline',
    reason: 'The chart of the operator and of the exporter has no setting for their security context.',
  },
  values,

  provides: { 'litmuschaos.io': 'install' },
  network: { apiServer: true, metrics: [8080] },
  metrics: [
    {
      name: 'Experiments that failed today',
      expr: 'sum by (chaosresult_name) (delta(litmuschaos_failed_experiments[1d]))',
      unit: 'experiments',
      above: 0,
      for: '1m',
      action: 'What it took down did not come back in time: read the log of its Job in namespace litmus, and look at what it names.',
    },
    {
      name: 'Experiments that do not end',
      expr: 'sum by (chaosresult_name) (litmuschaos_awaited_experiments)',
      unit: 'experiments',
      above: 0,
      for: '1h',
      action: 'Set its ChaosEngine to `engineState: stop`; then look for a node that is cordoned, and for a policy `chaos-link-loss`.',
    },
    {
      name: 'Experiments that passed',
      expr: 'sum by (chaosresult_name) (litmuschaos_passed_experiments)',
      unit: 'experiments',
      for: '1h',
      action: 'One that never passed was never tried: `kubectl -n litmus get chaosresults`.',
    },
  ],
  privileges: [
    { role: 'litmus-node-loss', reason: 'It cordons a node and evicts its pods, of whatever namespace they are.' },
    { role: 'litmus-exporter', reason: 'The exporter reads results and events of all namespaces, and has no setting for fewer.' },
  ],

  check: ({ values: { window, database, link }, peer, has }) => [
    peer !== undefined &&
      window.first === window.second && {
        at: 'window.second',
        message: `Unexpected ${window.second}, the day of the first region too, expected another one: never both regions may be attacked`,
        fix: 'set `window.first` and `window.second` to different days',
      },
    has('cnpg') &&
      !has(database) && {
        at: 'database',
        message: `Unexpected component \`${database}\`, expected one that is chosen`,
        fix: `choose ${database}, or name a component that has a database here, such as gitea`,
      },
    peer !== undefined &&
      !has(link) && {
        at: 'link',
        message: `Unexpected component \`${link}\`, expected one that is chosen`,
        fix: `choose ${link}, or set \`link: minio\``,
      },
  ],

  // Litmus can give its pods no requests.
  before: () => [
    resource('v1/LimitRange', 'experiments', {
      spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '20m', memory: '64Mi' }, default: { memory: '256Mi' } }] },
    }),
    ...exporterAccess(),
  ],
  releases: () => [
    release('litmus', {
      chart: { name: 'litmus-core', repository: 'https://litmuschaos.github.io/litmus-helm', version: '3.28.1' },
      workloads: [
        deployment('litmus', { at: { replicas: 'replicaCount', resources: 'resources' }, replicas: 1, cpu: '50m', memory: '96Mi' }),
        deployment('litmus-monitor', { at: { resources: 'exporter.resources' }, replicas: 1, cpu: '10m', memory: '48Mi' }),
      ],
      values: {
        // It sees engines of its own namespace only.
        operatorMode: 'namespaced',
        operator: { image: image('chaos-operator') },
        runner: { image: { repository: 'docker.io/litmuschaos/chaos-runner', tag: version } },
        policies: { monitoring: { disabled: true } },
        exporter: {
          enabled: true,
          image: image('chaos-exporter'),
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
        },
      },
    }),
  ],
  config: ({ values, region, peer, has, chosen, claims }) => {
    const attacks = attacksOn({ values, has, chosen, databases: claims('database'), peer })
    return [
      ...accounts(attacks),
      ...experiments(attacks.map(({ experiment }) => experiment)),
      ...attacks.map(engine),
      ...attacks.map((attack, turn) => schedule(attack, values, { turn, ordinal: region.ordinal })),
    ]
  },
})

const image = (name: string) => ({ repository: `docker.io/litmuschaos/${name}`, tag: version, pullPolicy: 'IfNotPresent' })
