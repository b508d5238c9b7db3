import type { ComponentName, Plan, StageName } from '@openova/core'
import { chosenAlone, planOf, testPlatform } from '../src/index.ts'
import { describe, expect, test } from 'vitest'

import { catalog } from '@openova/catalog'

/**
 * The order in which a real cluster comes up, stage by stage: `needs` stands inside `install`.
 * An edge to a stage that no component renders yet counts from the day it does.
 */
const installationOrder = `
cilium/crds -> none | cilium/install -> cilium/crds | cilium/setup -> cilium/install | cilium/config -> cilium/setup, cert-manager/config
flux/install -> cilium/install | flux/setup -> flux/install | flux/config -> flux/setup, external-secrets/config
opentofu/install -> cilium/install
cert-manager/install -> cilium/install | cert-manager/setup -> cert-manager/install | cert-manager/config -> cert-manager/setup, external-secrets/config
external-secrets/install -> cilium/install, cert-manager/setup | external-secrets/config -> external-secrets/install, openbao/setup | external-secrets/peer -> external-secrets/config
openbao/install -> opentofu/install, cert-manager/setup | openbao/setup -> openbao/install | openbao/config -> openbao/setup, minio/install
minio/install -> opentofu/install, cert-manager/setup, external-secrets/config | minio/config -> minio/install | minio/peer -> minio/install
grafana/install -> minio/install | grafana/config -> grafana/install
reloader/install -> cilium/install | keda/install -> cilium/install | vpa/install -> cilium/install | kyverno/install -> cilium/install | sigstore/install -> cilium/install | coraza/install -> cilium/install | crossplane/install -> cilium/install
vpa/config -> vpa/install | kyverno/config -> kyverno/install | sigstore/config -> sigstore/install, external-secrets/config
crossplane/setup -> crossplane/install | crossplane/config -> crossplane/setup, external-secrets/config
coraza/config -> coraza/install, keda/install
trivy/install -> opentofu/install | falco/install -> external-secrets/config
opensearch/install -> opentofu/install, cert-manager/setup, external-secrets/config | opensearch/config -> opensearch/install, minio/install | opensearch/peer -> opensearch/config
opentelemetry/install -> cert-manager/install | opentelemetry/config -> opentelemetry/install, external-secrets/config
gitea/install -> opentofu/install, external-secrets/config, minio/install | gitea/config -> gitea/install | gitea/peer -> gitea/config
velero/install -> minio/install | velero/config -> velero/install | syft-grype/install -> minio/install
external-dns/install -> external-secrets/config | external-dns/config -> external-dns/install | k8gb/install -> external-dns/install, cilium/setup | k8gb/config -> k8gb/install, coraza/config
failover-controller/install -> external-secrets/config, k8gb/install
harbor/install -> minio/install | harbor/config -> harbor/install | harbor/peer -> harbor/config
`

/** Edges that we have beyond that order, each with its reason. */
const further: Readonly<Record<string, string>> = {
  'minio/peer -> minio/config': 'the stages of one component stand in order; replication waits for the archival keys, nothing waits for it',
  'crossplane/setup -> cert-manager/setup': 'the provider of buckets knows MinIO by the internal CA, which a certificate of its own brings',
  'crossplane/setup -> cert-manager/install': 'the internal CA comes after it',
  'opensearch/install -> minio/install': 'a node reads the key of its snapshot bucket into its keystore when it starts',
  'opensearch/config -> opensearch/setup': 'setup makes the users whom collectors log in as, config the rest',
  'opensearch/peer -> opensearch/setup': 'the stages of one component stand in order',
  'opentelemetry/install -> cert-manager/setup': 'its webhook has a certificate of the internal issuer',
  'opentelemetry/config -> kyverno/install': 'a collector watches the reports of Kyverno, whose CRDs come with it',
  'opentelemetry/config -> trivy/install': 'a collector watches the reports of Trivy, whose CRDs come with it',
  'vpa/install -> cert-manager/setup': 'its webhook has a certificate of the internal issuer',
  'vpa/install -> cert-manager/install': 'the internal issuer comes after it',
  'vpa/config -> cert-manager/setup': 'its webhook has a certificate of the internal issuer',
  'vpa/config -> cert-manager/install': 'the internal issuer comes after it',
}

/** Edges of that order that ours does without, each with its reason. */
const spared: Readonly<Record<string, string>> = {
  'trivy/install -> opentofu/install': 'each scan keeps the vulnerability database in its own pod, nothing is on a volume',
}

const plan = planWith([])
const ours = mergeNeeds(plan)

const expected = restrict(parse(installationOrder), new Set(ours.keys()))

describe.each([...expected.keys()])('%s', (stage) => {
  test('waits, directly or not, for all that a real cluster needs before it', () => {
    const missing = [...reach(expected, stage)].filter((one) => !reach(ours, stage).has(one) && spared[`${stage} -> ${one}`] === undefined)
    expect(missing).toEqual([])
  })

  test('waits for nothing more, but for declared reasons', () => {
    const extra = [...reach(ours, stage)].filter((one) => !reach(expected, stage).has(one) && further[`${stage} -> ${one}`] === undefined)
    expect(extra).toEqual([])
  })
})

test('every declared further edge is there', () => {
  const gone = Object.keys(further).filter((edge) => {
    const [from = '', to = ''] = edge.split(' -> ')
    return !reach(ours, from).has(to)
  })
  expect(gone).toEqual([])
})

test.each(['standalone', 'all together'])('the graph of stages is acyclic: %s', (scope) => {
  const aLaCarte = [...catalog.components].filter(([, { tier }]) => tier === 'a-la-carte').map(([name]) => name)
  const choices = scope === 'standalone' ? [[], ...aLaCarte.map((name) => [name])] : [aLaCarte]
  for (const names of choices) {
    const graph = mergeNeeds(planWith(names), { merged: false })
    const cyclic = [...graph.keys()].filter((stage) => reach(graph, stage).has(stage))
    expect(cyclic, `with ${names.join(', ') || 'the mandatory ones'}`).toEqual([])
  }
})

test('nothing depends on a peer stage', () => {
  const onPeer = [...mergeNeeds(plan, { merged: false })].filter(([, edges]) => [...edges].some((edge) => edge.endsWith('/peer')))
  expect(onPeer).toEqual([])
})

type Graph = Map<string, Set<string>>

function planWith(aLaCarte: readonly ComponentName[]): Plan {
  const platform = testPlatform()
  platform.spec.components = Object.assign({}, ...aLaCarte.map(chosenAlone))
  return planOf(platform)
}

function parse(text: string): Graph {
  const rows = text
    .trim()
    .split(/\n| \| /)
    .map((row) => row.split(' -> '))
  return new Map(rows.map(([stage = '', edges = '']) => [stage, new Set(edges === 'none' ? [] : edges.split(', '))]))
}

/** Without stages that nobody renders: who waited for one waits for what it waited for. */
function restrict(graph: Graph, present: ReadonlySet<string>): Graph {
  return new Map(
    [...graph.keys()]
      .filter((stage) => present.has(stage))
      .map((stage) => [stage, new Set([...reach(graph, stage)].filter((one) => present.has(one)))]),
  )
}

function mergeNeeds({ regions }: Plan, { merged } = { merged: true }): Graph {
  const name = (stage: StageName) => (merged ? stage.replace(/\/needs$/, '/install') : stage)
  const graph: Graph = new Map()
  for (const { name: stage, dependsOn } of regions[0]!.units.flatMap(({ stages }) => stages)) {
    const edges = graph.get(name(stage)) ?? new Set()
    for (const edge of dependsOn) if (name(edge) !== name(stage)) edges.add(name(edge))
    graph.set(name(stage), edges)
  }
  return graph
}

function reach(graph: Graph, from: string, found: Set<string> = new Set()): Set<string> {
  for (const next of graph.get(from) ?? []) {
    if (found.has(next)) continue
    found.add(next)
    reach(graph, next, found)
  }
  return found
}
