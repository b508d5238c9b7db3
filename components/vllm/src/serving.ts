import { deployment, type Grant, type Resource, resource } from '@openova/core'
import type { VllmValues } from './values.ts'

const name = 'vllm'
const port = 8080

/** The model is loaded with what this account points to. */
export function storageAccount(secret: string): Resource {
  return resource('v1/ServiceAccount', name, { automountServiceAccountToken: false, secrets: [{ name: secret }] })
}

/** How vLLM is started. */
export function servingRuntime(
  { model, gpu, maxModelLen, gpuMemoryUtilization, args }: VllmValues,
  { apiKey }: { apiKey: string },
): Resource {
  return resource('serving.kserve.io/v1alpha1/ServingRuntime', name, {
    spec: {
      supportedModelFormats: [{ name: 'vLLM', version: '1', autoSelect: false }],
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port), 'prometheus.io/path': '/metrics' },
      containers: [
        {
          name: 'kserve-container',
          image: 'docker.io/vllm/vllm-openai:v0.24.0',
          command: ['python3', '-m', 'vllm.entrypoints.openai.api_server'],
          args: [
            `--port=${port}`,
            '--model=/mnt/models',
            `--served-model-name=${model.name}`,
            `--tensor-parallel-size=${gpu.count}`,
            `--max-model-len=${maxModelLen}`,
            `--gpu-memory-utilization=${gpuMemoryUtilization}`,
            ...args,
          ],
          env: [
            { name: 'VLLM_API_KEY', valueFrom: { secretKeyRef: { name: apiKey, key: 'VLLM_API_KEY' } } },
            // The model lies on the disk; nothing is asked for or told outside.
            { name: 'HF_HUB_OFFLINE', value: '1' },
            { name: 'TRANSFORMERS_OFFLINE', value: '1' },
            { name: 'VLLM_NO_USAGE_STATS', value: '1' },
            { name: 'DO_NOT_TRACK', value: '1' },
            // The parts on several GPUs are processes of their own.
            { name: 'VLLM_WORKER_MULTIPROC_METHOD', value: 'spawn' },
            // Compiled kernels; the image knows no user of that number.
            { name: 'HOME', value: '/cache' },
            { name: 'USER', value: name },
          ],
          ports: [{ name: 'http1', containerPort: port, protocol: 'TCP' }],
          // Loading and compiling take minutes.
          startupProbe: { ...health, periodSeconds: 10, failureThreshold: 120 },
          readinessProbe: { ...health, periodSeconds: 10 },
          livenessProbe: { ...health, periodSeconds: 20, failureThreshold: 6, timeoutSeconds: 10 },
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
          volumeMounts: [
            { name: 'shm', mountPath: '/dev/shm' },
            { name: 'cache', mountPath: '/cache' },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        // By it the parts of the model on several GPUs speak with each other.
        { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '4Gi' } },
        { name: 'cache', emptyDir: {} },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  })
}

const health = { httpGet: { path: '/health', port: 'http1' } }

interface Placed {
  place: Grant<'gpu'>
  /** Of the model. */
  uri: string
}

/** The pods: a fixed number, for a GPU that is given back is not had again at once; replaced after the old ones are gone, for no GPU is spare. */
export function inferenceService({ replicas, cpu, memory, gpu }: VllmValues, { place, uri }: Placed): Resource {
  return resource('serving.kserve.io/v1beta1/InferenceService', name, {
    annotations: { 'serving.kserve.io/deploymentMode': 'Standard', 'serving.kserve.io/autoscalerClass': 'none' },
    workloads: [
      deployment(`${name}-predictor`, {
        at: { replicas: 'spec.predictor.minReplicas', resources: 'spec.predictor.model.resources' },
        replicas,
        cpu,
        memory,
        memoryLimit: memory,
        gpu: gpu.count,
      }),
    ],
    spec: {
      predictor: {
        serviceAccountName: name,
        automountServiceAccountToken: false,
        runtimeClassName: place.runtimeClassName,
        nodeSelector: place.nodeSelector,
        tolerations: place.tolerations,
        deploymentStrategy: { type: 'Recreate' },
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          fsGroup: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        model: { name: 'kserve-container', modelFormat: { name: 'vLLM' }, runtime: name, storageUri: uri },
      },
    },
  })
}
