import { bucket, defineComponent, gpuNodes, productOf } from '@openova/core'
import { caConfigMap, caCertificate } from './ca.ts'
import { crdsRelease, controllerRelease, runtimesRelease } from './releases.ts'
import { devicePlugin } from './gpu/device-plugin.ts'
import { exporter } from './gpu/exporter.ts'
import { gpuMetrics, servingMetrics } from './metrics.ts'
import { runtimeClass, runtimeClassName, tolerations } from './gpu/placement.ts'
import { values } from './values.ts'

export type { KserveValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Serves models from the bucket `models`; where a region has GPUs, it also finds them, hands them out and watches them. */
export default defineComponent({
  name: 'kserve',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: {
    name: 'kserve',
    podSecurity: 'privileged',
    reason:
      'The device plugin, GPU feature discovery and the exporter read the devices, the PCI bus and the sockets of the kubelet on GPU nodes; the controller itself runs restricted.',
  },
  values,

  provides: { 'serving.kserve.io': 'install' },
  // The webhooks get their certificate from an issuer of the chart's own; the controller looks for Knative once, when it starts.
  after: { install: ['cert-manager/install', 'knative/setup'] },
  network: { apiServer: true, webhooks: [9443], metrics: [9400] },
  metrics: [...servingMetrics, ...gpuMetrics],
  privileges: [
    {
      role: 'kserve-manager-role',
      reason: 'It makes the Deployments and Services of InferenceServices in the namespaces of their owners.',
    },
  ],

  needs: { models: bucket({ name: 'models', replicated: true }) },

  serves: {
    gpu: {
      ready: 'install',
      grant: ({ ask: { model } }) => ({
        runtimeClassName,
        nodeSelector: { 'nvidia.com/gpu.product': productOf(model) },
        tolerations,
      }),
    },
  },

  before: () => [caCertificate(), ...caConfigMap()],
  releases: ({ values, region, granted: { models }, has }) => [
    crdsRelease(),
    controllerRelease(values, { endpoint: models.endpoint, mode: has('knative') ? 'Knative' : 'Standard' }),
    values.runtimes.length > 0 && runtimesRelease(values),
    gpuNodes(region) > 0 && devicePlugin(gpuNodes(region)),
  ],
  install: ({ values, region }) => (gpuNodes(region) > 0 ? [runtimeClass(), ...(values.gpuMetrics ? exporter(gpuNodes(region)) : [])] : []),
})
