import { defineComponent, deployment, generate, release, secret } from '@openova/core'
import { brokerCertificate } from './certificate.ts'
import { kafka } from './cluster.ts'
import { mirrorMaker, mirrorUser } from './mirror.ts'
import { peerListenerServices } from './listeners.ts'
import { topics } from './topics.ts'
import { kafkaUser, userOf } from './users.ts'
import { values } from './values.ts'

export type { StrimziValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Kafka with a user and topics for every consumer, mirrored from the write region into the other one. */
export default defineComponent({
  name: 'strimzi',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'strimzi',
  values,

  provides: { 'kafka.strimzi.io': 'install' },
  network: { apiServer: true, metrics: [8080, 9404], peer: [9094] },
  metrics: [
    {
      name: 'Partitions without all of their copies',
      expr: 'sum(kafka_server_replicamanager_underreplicatedpartitions)',
      unit: 'partitions',
      above: 0,
      for: '10m',
      action: 'A broker is down or does not keep up: look at the pods in namespace strimzi, at their volumes and at the network.',
    },
    {
      name: 'Partitions without a leader',
      expr: 'sum(kafka_controller_kafkacontroller_offlinepartitionscount)',
      unit: 'partitions',
      above: 0,
      for: '1m',
      action: 'They can neither be read nor written: bring back the broker that holds their last copy.',
    },
    {
      name: 'Consumer lag',
      expr: 'sum by (consumergroup, topic) (kafka_consumergroup_lag)',
      unit: 'records',
      above: 100_000,
      for: '30m',
      action: 'Look at the consumer of that group: it is down, too slow, or stuck on one record.',
    },
    {
      name: 'Latency of the mirror',
      expr: 'max(kafka_connect_mirror_mirrorsourceconnector_replication_latency_ms_max) / 1000',
      unit: 's',
      above: 60,
      for: '10m',
      action: 'Look at the log of MirrorMaker and at the mesh; raise `mirror.tasks` where it only cannot keep up.',
    },
    {
      name: 'What the operator could not do',
      expr: 'sum by (kind) (increase(strimzi_reconciliations_failed_total[15m]))',
      unit: 'failures',
      above: 0,
      for: '30m',
      action: 'Read the conditions of that kind in namespace strimzi, and the log of strimzi-cluster-operator.',
    },
  ],
  privileges: [
    {
      role: 'strimzi-cluster-operator-global',
      reason: 'It reads nodes and storage classes, and would bind brokers that want to know the rack of their node.',
    },
  ],

  needs: ({ peer }) => ({
    mm2: peer && secret(mirrorSecret, { password: generate(32) }, { scope: 'shared', before: 'config' }),
  }),

  serves: {
    topic: {
      ready: 'setup',
      opens: { atOwner: [9093] },
      grant: (claim) => ({
        bootstrap: 'kafka-kafka-bootstrap.strimzi.svc:9093',
        username: userOf(claim),
        group: claim.ask.group ?? claim.consumer,
      }),
      credential: (claim) => ({ username: { value: userOf(claim) }, password: { generate: 32 } }),
      keepsCredential: 'needs',
      resources: (claim) => [kafkaUser(claim)],
    },
  },

  before: ({ region, peer, values: { brokers } }) => [brokerCertificate(peer && region, brokers)],
  releases: ({ values: { operatorReplicas }, has }) => [
    release('strimzi', {
      chart: { name: 'strimzi-kafka-operator', repository: 'oci://quay.io/strimzi-helm', version: '1.2.0' },
      workloads: [
        deployment('strimzi-cluster-operator', {
          at: '',
          replicas: operatorReplicas,
          cpu: '100m',
          memory: '384Mi',
          memoryLimit: '512Mi',
          spread: 'preferred',
        }),
      ],
      values: {
        // Kafka Connect runs where its credentials are.
        watchNamespaces: has('debezium') ? ['debezium'] : [],
        // Its policies would open every listener to every namespace; ours say who may call it.
        generateNetworkPolicy: false,
        podDisruptionBudget: { enabled: operatorReplicas > 1 },
        // The chart would throttle it.
        resources: { limits: { cpu: null } },
        extraEnvs: [{ name: 'STRIMZI_POD_SECURITY_PROVIDER_CLASS', value: 'restricted' }],
        annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
      },
    }),
  ],
  setup: ({ values, region, peer, claims }) => [...kafka(values, peer && region), ...topics(claims('topic'), values.brokers)],
  config: ({ region, granted: { mm2 }, writeRegion }) => [
    mm2 && mirrorUser(mm2.secret, { writes: writeRegion('strimzi') !== region.name }),
  ],
  peer: ({ values, region, peer, granted: { mm2 }, writeRegion }) => [
    ...(peer ? peerListenerServices(peer, values.brokers) : []),
    peer && mm2 && writeRegion('strimzi') !== region.name && mirrorMaker(values.mirror, { from: peer, to: region, secret: mm2.secret }),
  ],
})

/** Not `mm2`: by that name the operator keeps the Secret that it makes of the user. */
const mirrorSecret = 'mirror'
