import { type Chosen, daemonSet, type Region, type Release, release } from '@openova/core'
import { alloyConfig } from './alloy-config.ts'
import type { GrafanaValues } from './values.ts'

/** One collector a node, each for the pods of its node: nothing is collected twice, and nothing is coordinated. */
export function alloy(
  { alloy: { memory, scrapeInterval } }: GrafanaValues,
  { chosen, region }: { chosen: readonly Chosen[]; region: Region },
): Release {
  const state = { name: 'state', path: '/var/lib/alloy' }
  return release('alloy', {
    chart: { name: 'alloy', repository: 'https://grafana.github.io/helm-charts', version: '1.11.1' },
    workloads: [daemonSet('alloy', { at: { resources: 'alloy.resources' }, cpu: '50m', memory, memoryLimit: '512Mi' })],
    values: {
      crds: { create: false },
      alloy: {
        configMap: { content: alloyConfig({ chosen, region, scrapeInterval }) },
        enableReporting: false,
        // Where it stopped reading each log, and what Mimir has not yet taken.
        storagePath: state.path,
        mounts: { varlog: true, extra: [{ name: state.name, mountPath: state.path }] },
        extraEnv: [
          { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
          { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
        ],
        extraPorts: [
          { name: 'otlp-grpc', port: 4317, targetPort: 4317, protocol: 'TCP' },
          { name: 'otlp-http', port: 4318, targetPort: 4318, protocol: 'TCP' },
        ],
      },
      controller: {
        tolerations: [{ operator: 'Exists' }],
        volumes: { extra: [{ name: state.name, hostPath: { path: state.path, type: 'DirectoryOrCreate' } }] },
      },
      // A change of the configuration rolls the pods by the chart's own checksum.
      configReloader: { enabled: false },
      rbac: {
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
        clusterRules: [{ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }],
      },
    },
  })
}
