import { daemonSet, type Release, release } from '@openova/core'
import type { FalcoValues } from './values.ts'

/** Falco on every node, by the eBPF probe that is built into it: nothing is compiled or fetched for a kernel. */
export function sensor({ memory, rules }: FalcoValues): Release {
  return release('falco', {
    chart: { name: 'falco', repository: 'https://falcosecurity.github.io/charts', version: '9.1.0' },
    workloads: [daemonSet('falco', { at: { resources: 'resources' }, cpu: '50m', memory, memoryLimit: '512Mi' })],
    values: {
      driver: { kind: 'modern_ebpf', loader: { enabled: false } },
      collectors: {
        containerEngine: { engines: { ...noOthers, cri: { enabled: true, sockets: ['/run/k3s/containerd/containerd.sock'] } } },
      },
      tolerations: [{ operator: 'Exists' }],
      // The rules of a version are those that it started with, so that all nodes have the same.
      falcoctl: {
        artifact: {
          install: { resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } } },
          follow: { enabled: false },
        },
      },
      customRules: rules,
      falco: {
        json_output: true,
        syslog_output: { enabled: false },
        http_output: { enabled: true, url: 'http://falcosidekick.falco.svc:2801/' },
      },
      metrics: { enabled: true, interval: '5m' },
      podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8765' },
    },
  })
}

/** Engines that K3s does not have. */
const noOthers = Object.fromEntries(
  ['docker', 'podman', 'containerd', 'lxc', 'libvirt_lxc', 'bpm'].map((engine) => [engine, { enabled: false }]),
)
