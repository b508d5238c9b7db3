import { job, type Resource, resource } from '@openova/core'
import { fromSecret, image, restricted } from './pod.ts'

interface Script {
  script: string
  /** Secret of the user `admin`. */
  admin: string
}

/** A Job that may run again at any time, and does after every change of its script. */
export function clientJob(name: string, script: Script): Resource {
  return resource('batch/v1/Job', name, {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job(name, { replicas: 1, cpu: '10m', memory: '128Mi', memoryLimit: '512Mi' })],
    spec: { backoffLimit: 20, template: { spec: clientPod(name, script) } },
  })
}

/** The client reads user and password from its environment, so that no command line shows them. */
export function clientPod(name: string, { script, admin }: Script) {
  return {
    automountServiceAccountToken: false,
    restartPolicy: 'OnFailure' as const,
    securityContext: restricted.pod,
    containers: [client(name, { script, admin })],
    volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }],
  }
}

export function client(name: string, { script, admin }: Script) {
  return {
    name,
    image: image('clickhouse-server'),
    command: ['/bin/bash', '-euo', 'pipefail', '-c', script],
    env: [
      { name: 'HOME', value: '/tmp' },
      { name: 'CLICKHOUSE_USER', value: 'admin' },
      fromSecret('CLICKHOUSE_PASSWORD', admin, 'password'),
    ],
    securityContext: { ...restricted.container, capabilities: { drop: ['ALL'] } },
    volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
  }
}
