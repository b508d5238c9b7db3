import { type ClaimOf, compareText, type Resource, resource, type Topic } from '@openova/core'
import { clusterLabel } from './cluster.ts'

/** Every topic that somebody writes, once: it goes when its last writer goes. */
export function topics(claims: readonly ClaimOf<'topic'>[], brokers: number): Resource[] {
  const written = new Map<string, Topic>()
  for (const topic of claims.flatMap(({ ask }) => ask.writes ?? [])) {
    const known = written.get(topic.name) ?? topic
    if (JSON.stringify(settingsOf(known)) !== JSON.stringify(settingsOf(topic))) {
      throw new Error(`Topic ${topic.name} is described in two ways, expected all who write it to say the same`)
    }
    written.set(topic.name, known)
  }
  return [...written.values()].toSorted((a, b) => compareText(a.name, b.name)).map((topic) => kafkaTopic(topic, Math.min(brokers, 3)))
}

function kafkaTopic(topic: Topic, replicas: number): Resource {
  const name = topic.name.toLowerCase().replaceAll('_', '-')
  return resource('kafka.strimzi.io/v1/KafkaTopic', name, {
    labels: clusterLabel,
    spec: { topicName: name === topic.name ? undefined : topic.name, replicas, ...settingsOf(topic) },
  })
}

const settingsOf = ({ partitions = 3, hours = 168, compact = false, largest }: Topic) => ({
  partitions,
  config: {
    ...(compact ? { 'cleanup.policy': 'compact' } : { 'cleanup.policy': 'delete', 'retention.ms': hours * 3_600_000 }),
    ...(largest !== undefined && { 'max.message.bytes': largest * 2 ** 20 }),
  },
})
