import { daemonSet, gpuPresent, type Resource, resource } from '@openova/core'
import { runtimeClassName, tolerations } from './placement.ts'

const name = 'dcgm-exporter'
const port = 9400

/** Tells what the GPUs of each of that many nodes do, and for which pod. */
export function exporter(nodes: number): Resource[] {
  return [
    resource('v1/ConfigMap', name, { data: { 'counters.csv': counters.map((line) => `${line}\n`).join('') } }),
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('apps/v1/DaemonSet', name, {
      workloads: [daemonSet(name, { nodes, cpu: '50m', memory: '256Mi' })],
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: {
            labels: { app: name },
            annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(port) },
          },
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            runtimeClassName,
            nodeSelector: { [gpuPresent]: 'true' },
            tolerations,
            priorityClassName: 'system-node-critical',
            // The socket of the kubelet belongs to root.
            securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name,
                image: 'nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless',
                args: ['--collectors=/etc/counters/counters.csv'],
                env: [
                  { name: 'DCGM_EXPORTER_LISTEN', value: `:${port}` },
                  { name: 'DCGM_EXPORTER_KUBERNETES', value: 'true' },
                  { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
                  // All GPUs, without being given any.
                  { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' },
                ],
                ports: [{ name: 'metrics', containerPort: port }],
                readinessProbe: { httpGet: { path: '/health', port: 'metrics' }, initialDelaySeconds: 45 },
                livenessProbe: { httpGet: { path: '/health', port: 'metrics' }, initialDelaySeconds: 45 },
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
                volumeMounts: [
                  { name: 'counters', mountPath: '/etc/counters', readOnly: true },
                  { name: 'pods', mountPath: '/var/lib/kubelet/pod-resources', readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: 'counters', configMap: { name } },
              { name: 'pods', hostPath: { path: '/var/lib/kubelet/pod-resources', type: 'Directory' } },
            ],
          },
        },
      },
    }),
  ]
}

/** None of them asks for more rights, as the profiling counters do. */
const counters = [
  'DCGM_FI_DEV_GPU_UTIL, gauge, GPU utilization (in %).',
  'DCGM_FI_DEV_FB_USED, gauge, Framebuffer memory used (in MiB).',
  'DCGM_FI_DEV_FB_FREE, gauge, Framebuffer memory free (in MiB).',
  'DCGM_FI_DEV_GPU_TEMP, gauge, GPU temperature (in C).',
  'DCGM_FI_DEV_POWER_USAGE, gauge, Power draw (in W).',
  'DCGM_FI_DEV_XID_ERRORS, gauge, Value of the last XID error encountered.',
]
