import type { Schema } from '../../../packages/schemas/src/index.ts'
import { anything, boolean, integer, list, map, object, oneOf, text } from '../shapes.ts'
import { kind, pod } from './kind.ts'

const versions = ['v1_13', 'v1_14', 'v1_15', 'v1_16', 'v1_17', 'v1_18', 'v1_19', 'v1_20', 'v2_0', 'v2_1', 'v2_2']

export const flink = () => [
  kind('flink.apache.org/v1beta1/FlinkDeployment', {
    flinkConfiguration: anything,
    flinkVersion: oneOf(...versions),
    image: text,
    imagePullPolicy: text,
    serviceAccount: text,
    mode: oneOf('native', 'standalone'),
    job: job(),
    jobManager: manager(),
    taskManager: manager(),
    podTemplate: template(),
    logConfiguration: map(text),
    restartNonce: integer,
    ingress: object({
      template: text,
      className: text,
      annotations: map(text),
      labels: map(text),
      tls: list(object({ hosts: list(text), secretName: text })),
    }),
  }),
  kind('flink.apache.org/v1beta1/FlinkSessionJob', {
    deploymentName: text,
    flinkConfiguration: anything,
    job: job(),
    restartNonce: integer,
  }),
]

const job = (): Schema =>
  object({
    jarURI: text,
    entryClass: text,
    args: list(text),
    parallelism: integer,
    state: oneOf('running', 'suspended'),
    upgradeMode: oneOf('last-state', 'savepoint', 'stateless'),
    allowNonRestoredState: boolean,
    initialSavepointPath: text,
    savepointTriggerNonce: integer,
    savepointRedeployNonce: integer,
    checkpointTriggerNonce: integer,
    autoscalerResetNonce: integer,
  })

const manager = (): Schema =>
  object({
    replicas: integer,
    resource: object({ cpu: { type: 'number' }, memory: text, ephemeralStorage: text }),
    podTemplate: template(),
  })

/** A template that Flink completes: it may have no container at all. */
function template(): Schema {
  const { required: _, ...spec } = pod('spec')
  return object({ apiVersion: text, kind: text, metadata: pod('metadata'), spec })
}
