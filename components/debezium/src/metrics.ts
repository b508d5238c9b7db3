import { type Resource, resource } from '@openova/core'

export const rulesName = 'connect-metrics'
export const rulesKey = 'rules.yaml'

/** Debezium tells how far behind it is by JMX alone; a rule without a name keeps the order of the bean's properties out of it. */
export function metricsRules(): Resource {
  return resource('v1/ConfigMap', rulesName, {
    data: {
      [rulesKey]: `lowercaseOutputName: true
rules:
  - pattern: debezium.postgres<type=connector-metrics.*context=streaming
    type: GAUGE
  - pattern: 'kafka.connect<type=connector-task-metrics, connector=(.+), task=(.+)><>status: ([a-z-]+)'
    name: kafka_connect_connector_status
    value: 1
    labels:
      connector: $1
      task: $2
      status: $3
    type: GAUGE
`,
    },
  })
}
