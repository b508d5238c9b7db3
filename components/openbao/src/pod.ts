import type { Part } from '@openova/core'

type Pod = Part<'batch/v1/Job', 'spec.template.spec'>
export type Container = Part<'batch/v1/Job', 'spec.template.spec.containers.0'>

/** The server's own image: it has the command and a shell. */
export const image = 'quay.io/openbao/openbao:2.6.2'

/** What every pod of ours in this namespace shares, at the restricted level. */
export function pod(serviceAccountName: string): Omit<Pod, 'containers'> {
  return {
    serviceAccountName,
    automountServiceAccountToken: true,
    restartPolicy: 'OnFailure',
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 100,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  }
}

/** A container that runs a shell script and writes to its mounts only. */
export function container(name: string, { image, script }: { image: string; script: string }): Container {
  return {
    name,
    image,
    command: ['/bin/sh', '-euc', script],
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  }
}
