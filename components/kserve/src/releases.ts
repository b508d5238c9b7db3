import { deployment, release, type Release } from '@openova/core'
import { caName } from './ca.ts'
import type { KserveValues } from './values.ts'

const repository = 'oci://ghcr.io/kserve/charts'
const version = 'v0.20.0'

export function crdsRelease(): Release {
  return release('kserve-crd', {
    chart: { name: 'kserve-crd', repository, version },
    workloads: [],
    values: {},
    // Without them every InferenceService is gone.
    keep: true,
  })
}

interface Place {
  /** Of the store with the bucket `models`. */
  endpoint: string
  /** How InferenceServices run that do not say so themselves. */
  mode: 'Standard' | 'Knative'
}

/** The controller, and what every model is loaded with: from the region's own store, which the platform CA proves. */
export function controllerRelease({ controllerMemory }: KserveValues, { endpoint, mode }: Place): Release {
  const { protocol, host } = new URL(endpoint)
  return release('kserve', {
    chart: { name: 'kserve-resources', repository, version },
    workloads: [
      deployment('kserve-controller-manager', {
        at: { resources: 'kserve.controller.resources' },
        replicas: 1,
        cpu: '100m',
        memory: controllerMemory,
        memoryLimit: '512Mi',
      }),
      // The second container of its pod.
      deployment('kserve-rbac-proxy', {
        at: { resources: 'kserve.controller.rbacProxy.resources' },
        replicas: 1,
        cpu: '10m',
        memory: '32Mi',
      }),
    ],
    values: {
      kserve: {
        agent: { image: 'docker.io/kserve/agent' },
        router: { image: 'docker.io/kserve/router' },
        controller: {
          deploymentMode: mode,
          image: 'docker.io/kserve/kserve-controller',
          imagePullPolicy: 'IfNotPresent',
          // A limit of CPU would hold back the webhooks that every pod passes.
          resources: { limits: { cpu: null } },
          rbacProxy: { resources: { limits: { cpu: null } } },
          gateway: {
            // Models are called inside the cluster; whoever shows one to the world declares a host.
            domain: 'svc.cluster.local',
            disableIngressCreation: true,
            disableIstioVirtualHost: true,
            ingressGateway: { enableGatewayApi: true },
          },
        },
        storage: {
          image: 'docker.io/kserve/storage-initializer',
          resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '2', memory: '2Gi' } },
          caBundleConfigMapName: caName,
          s3: {
            endpoint: host,
            useHttps: protocol === 'https:' ? '1' : '0',
            region: 'us-east-1',
            verifySSL: '1',
            useVirtualBucket: 'false',
          },
        },
      },
    },
    drift: {
      mode: 'enabled',
      ignore: [
        { paths: ['/webhooks'], target: { kind: 'ValidatingWebhookConfiguration' } },
        { paths: ['/webhooks'], target: { kind: 'MutatingWebhookConfiguration' } },
      ],
    },
    after: ['kserve-crd'],
  })
}

const stock = [
  'autogluonserver',
  'huggingfaceserver',
  'huggingfaceserver_multinode',
  'lgbserver',
  'mlserver',
  'paddleserver',
  'pmmlserver',
  'predictiveserver',
  'sklearnserver',
  'tensorflow',
  'torchserve',
  'tritonserver',
  'vllmserver',
  'xgbserver',
]

/** The chart has all of them on; vLLM comes by the component of that name. */
export function runtimesRelease({ runtimes }: KserveValues): Release {
  const wanted: readonly string[] = runtimes
  return release('kserve-runtimes', {
    chart: { name: 'kserve-runtime-configs', repository, version },
    workloads: [],
    values: {
      kserve: {
        servingruntime: { enabled: true, ...Object.fromEntries(stock.map((name) => [name, { disabled: !wanted.includes(name) }])) },
      },
    },
    after: ['kserve'],
  })
}
