import { platformCa, type ReleaseOptions } from '@openova/core'
import type { passwords } from './config.ts'

export const version = '1.0.0-beta.232'
export const image = `ghcr.io/openmeterio/openmeter:v${version}`

export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: 65532,
  runAsGroup: 65532,
  seccompProfile: { type: 'RuntimeDefault' },
  // The chart has the API listen on port 80.
  sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
} as const
export const containerSecurity = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }

/** Kafka's client has no setting for a CA: it trusts what the image trusts, which here is the platform CA alone. */
export const caMounts = [
  platformCa.mount,
  { name: platformCa.secret, mountPath: '/etc/ssl/certs/ca-certificates.crt', subPath: 'ca.crt', readOnly: true },
]

/** Requests of a CronJob's pod; the chart would give it those of the servers. */
export const cron = { cpu: '60m', memory: '128Mi', memoryLimit: '256Mi' }

/** The chart can neither set environment variables nor mount a Secret. */
export function patches(env: ReturnType<typeof passwords>): NonNullable<ReleaseOptions['patches']> {
  const pod = (template: string) => [
    { op: 'add' as const, path: `${template}/spec/containers/0/env`, value: env },
    ...caMounts.map((mount) => ({ op: 'add' as const, path: `${template}/spec/containers/0/volumeMounts/-`, value: mount })),
    { op: 'add' as const, path: `${template}/spec/volumes/-`, value: platformCa.volume },
  ]
  const template = '/spec/jobTemplate/spec/template'
  return [
    { kind: 'Deployment', operations: pod('/spec/template') },
    {
      kind: 'CronJob',
      operations: [
        ...pod(template),
        {
          op: 'replace',
          path: `${template}/spec/containers/0/resources`,
          value: { requests: { cpu: cron.cpu, memory: cron.memory }, limits: { memory: cron.memoryLimit } },
        },
      ],
    },
  ]
}
