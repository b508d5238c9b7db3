import { type Chosen, type ClaimOf, type ComponentName, type Part, present, type Region } from '@openova/core'
import type { LitmusValues } from './values.ts'

export type Experiment = 'pod-delete' | 'pod-loss' | 'node-loss' | 'link-loss'
export type Rule = Part<'rbac.authorization.k8s.io/v1/Role', 'rules.0'>

/** One failure of the platform that can be brought about. */
export interface Attack {
  name: string
  experiment: Experiment
  /** What it may do there; without a namespace, in the whole cluster. */
  rights: { namespace?: string; rules: readonly Rule[] }
  /** Workload of which Litmus picks a pod. */
  target?: { kind: 'deployment' | 'statefulset'; labels: string; namespace: string }
  env?: Readonly<Record<string, string>>
}

interface Options {
  values: LitmusValues
  has: (name: ComponentName) => boolean
  chosen: readonly Chosen[]
  databases: readonly ClaimOf<'database'>[]
  peer: Region | undefined
}

/** In the order in which they run: the mildest first. */
export function attacksOn({ values, has, chosen, databases, peer }: Options): Attack[] {
  const namespaceOf = (name: ComponentName) => chosen.find((one) => one.name === name)?.namespace ?? name
  const database = databases.find(({ consumer }) => consumer === values.database)
  return present<Attack>([
    workloadLoss('waf-loss', { kind: 'deployment', labels: 'app.kubernetes.io/name=coraza-waf', namespace: namespaceOf('coraza') }),
    workloadLoss('storage-loss', { kind: 'statefulset', labels: 'app=minio,release=minio', namespace: namespaceOf('minio') }),
    workloadLoss('secrets-loss', {
      kind: 'statefulset',
      labels: 'app.kubernetes.io/name=openbao,component=server',
      namespace: namespaceOf('openbao'),
    }),
    has('strimzi') && podLoss('broker-loss', 'strimzi.io/cluster=kafka,strimzi.io/broker-role=true', namespaceOf('strimzi')),
    database &&
      podLoss(
        'write-node-loss',
        `cnpg.io/cluster=${database.ask.name.replaceAll('_', '-')},cnpg.io/instanceRole=primary`,
        database.namespace,
      ),
    peer && has(values.link) && linkLoss({ namespace: namespaceOf(values.link), peer: peer.clusterName, duration: values.duration }),
    nodeLoss(values.duration),
  ])
}

const see = ['get', 'list']
const killPods: Rule = { apiGroups: [''], resources: ['pods'], verbs: [...see, 'delete'] }

function workloadLoss(name: string, target: NonNullable<Attack['target']>): Attack {
  const owners: Rule = { apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets'], verbs: see }
  return { name, experiment: 'pod-delete', target, rights: { namespace: target.namespace, rules: [killPods, owners] } }
}

/** For pods whose owner Litmus does not know. */
function podLoss(name: string, selector: string, namespace: string): Attack {
  return { name, experiment: 'pod-loss', env: { NAMESPACE: namespace, SELECTOR: selector }, rights: { namespace, rules: [killPods] } }
}

function linkLoss({ namespace, peer, duration }: { namespace: string; peer: string; duration: number }): Attack {
  return {
    name: 'region-link-loss',
    experiment: 'link-loss',
    env: { NAMESPACE: namespace, SELECTOR: '', PEER: peer, DURATION: String(duration) },
    rights: {
      namespace,
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: see },
        // Making one cannot be limited by name.
        { apiGroups: ['cilium.io'], resources: ['ciliumnetworkpolicies'], verbs: ['create'] },
        { apiGroups: ['cilium.io'], resources: ['ciliumnetworkpolicies'], resourceNames: ['chaos-link-loss'], verbs: ['get', 'delete'] },
      ],
    },
  }
}

function nodeLoss(duration: number): Attack {
  return {
    name: 'node-loss',
    experiment: 'node-loss',
    env: { DURATION: String(duration) },
    rights: {
      rules: [
        { apiGroups: [''], resources: ['nodes'], verbs: [...see, 'patch'] },
        { apiGroups: [''], resources: ['pods'], verbs: see },
        { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
        { apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'statefulsets'], verbs: see },
      ],
    },
  }
}
