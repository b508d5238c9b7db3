import { deployment, ownImage, type Release, release } from '@openova/core'
import { jobsFolder, usesCode } from './jobs.ts'
import type { FlinkValues } from './values.ts'

interface Options extends Pick<FlinkValues, 'jobs' | 'code'> {
  /** Secret with the password of the webhook's key. */
  keystore: string
}

/** Watches its own namespace only; it hands the code of jobs to the cluster. */
export function operator({ jobs, code, keystore }: Options): Release {
  return release('flink', {
    chart: {
      name: 'flink-kubernetes-operator',
      repository: 'https://archive.apache.org/dist/flink/flink-kubernetes-operator-1.15.0/',
      version: '1.15.0',
    },
    workloads: [
      deployment('flink-kubernetes-operator', {
        at: { replicas: 'replicas', resources: 'operatorPod.resources' },
        replicas: 1,
        cpu: '120m',
        memory: '320Mi',
        memoryLimit: '768Mi',
      }),
      deployment('flink-kubernetes-operator-webhook', {
        at: { resources: 'operatorPod.webhook.resources' },
        replicas: 1,
        cpu: '30m',
        memory: '128Mi',
        memoryLimit: '384Mi',
      }),
    ],
    values: {
      // The chart's own tag is a commit, or `latest`.
      image: { repository: 'docker.io/apache/flink-kubernetes-operator', tag: '1.15.0' },
      watchNamespaces: ['flink'],
      webhook: { keystore: { useDefaultPassword: false, passwordSecretRef: { name: keystore, key: 'password' } } },
      jvmArgs: { operator: '-XX:MaxRAMPercentage=60', webhook: '-XX:MaxRAMPercentage=60' },
      podSecurityContext: { runAsNonRoot: true, runAsUser: 9999, runAsGroup: 9999, seccompProfile: { type: 'RuntimeDefault' } },
      operatorSecurityContext: closed,
      webhookSecurityContext: closed,
      ...((code.enabled || usesCode(jobs)) && withCode(code)),
    },
  })
}

const closed = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }

/** The jars are copied out of their image when the operator starts. */
function withCode(code: FlinkValues['code']) {
  const { image, annotations } = ownImage(code)
  const mount = { name: 'jobs', mountPath: jobsFolder }
  return {
    operatorPod: {
      annotations,
      initContainers: [
        {
          name: 'jobs',
          image,
          command: ['cp', '-r', `${jobsFolder}/.`, '/target'],
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
          securityContext: { ...closed, readOnlyRootFilesystem: true },
          volumeMounts: [{ name: 'jobs', mountPath: '/target' }],
        },
      ],
    },
    operatorVolumes: {
      create: true,
      data: [
        { name: 'flink-artifacts', emptyDir: {} },
        { name: 'jobs', emptyDir: {} },
      ],
    },
    operatorVolumeMounts: { create: true, data: [{ name: 'flink-artifacts', mountPath: '/opt/flink/artifacts' }, mount] },
  }
}
