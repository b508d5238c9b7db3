import { deployment, type Grant, type Part, type Resource, resource, toolImages } from '@openova/core'
import { imageFor } from './image.ts'
import type { Model } from './models.ts'
import type { BgeValues } from './values.ts'

interface Granted {
  values: BgeValues
  models: Grant<'bucket'>
  /** Absent in a region without GPUs. */
  place: Grant<'gpu'> | undefined
}
type Container = Part<'apps/v1/Deployment', 'spec.template.spec.containers.0'>

const port = 8080

/** One model: loaded from the bucket when its pod starts, then served; nothing is asked for outside. */
export function inference(model: Model, { values: { gpuModel, maxBatchTokens }, models, place }: Granted): Resource[] {
  const { name, replicas, cpu, memory } = model
  const labels = { app: name }
  return [
    resource('apps/v1/Deployment', name, {
      workloads: [deployment(name, place ? { replicas, cpu, memory, memoryLimit: memory, gpu: 1 } : { replicas, cpu, memory })],
      spec: {
        // No GPU is spare for a second pod.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: {
          metadata: {
            labels,
            annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port), 'prometheus.io/path': '/metrics' },
          },
          spec: {
            automountServiceAccountToken: false,
            runtimeClassName: place?.runtimeClassName,
            nodeSelector: place?.nodeSelector,
            tolerations: place?.tolerations,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              runAsGroup: 1000,
              fsGroup: 1000,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            initContainers: [load(model, models)],
            containers: [
              {
                name: 'inference',
                image: imageFor(place && gpuModel),
                args: [
                  `--model-id=/models/${name}`,
                  `--served-model-name=${name}`,
                  `--port=${port}`,
                  `--max-batch-tokens=${maxBatchTokens}`,
                  '--auto-truncate',
                  '--json-output',
                ],
                env: [{ name: 'HF_HUB_OFFLINE', value: '1' }],
                ports: [{ name: 'http', containerPort: port }],
                startupProbe: { ...health, periodSeconds: 5, failureThreshold: 120 },
                readinessProbe: { ...health, periodSeconds: 10 },
                livenessProbe: { ...health, periodSeconds: 20, failureThreshold: 6, timeoutSeconds: 10 },
                securityContext: hardened,
                volumeMounts: [
                  { name: 'models', mountPath: '/models', readOnly: true },
                  { name: 'tmp', mountPath: '/tmp' },
                ],
              },
            ],
            volumes: [
              { name: 'models', emptyDir: {} },
              { name: 'tmp', emptyDir: {} },
              { name: 'ca', secret: { secretName: `${models.secret}-ca`, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            ],
          },
        },
      },
    }),
    resource('v1/Service', name, { spec: { selector: labels, ports: [{ name: 'http', port, targetPort: port, protocol: 'TCP' }] } }),
  ]
}

function load({ name }: Model, { endpoint, bucket, secret }: Grant<'bucket'>): Container {
  return {
    name: 'load',
    image: toolImages.mc,
    command: [
      '/bin/sh',
      '-euc',
      `export MC_HOST_store="${endpoint.replace('://', '://$accessKey:$secretKey@')}"
mc mirror --overwrite --remove store/${bucket}/${name} /models/${name}
test -e /models/${name}/config.json
`,
    ],
    env: [{ name: 'MC_CONFIG_DIR', value: '/tmp/mc' }],
    envFrom: [{ secretRef: { name: secret } }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '1Gi' } },
    securityContext: hardened,
    volumeMounts: [
      { name: 'models', mountPath: '/models' },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'ca', mountPath: '/tmp/mc/certs/CAs', readOnly: true },
    ],
  }
}

const health = { httpGet: { path: '/health', port: 'http' } }
const hardened = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }
