import { deployment, type Region, type Release, type Resource, release, resource } from '@openova/core'
import type { FalcoValues } from './values.ts'

const caSecret = 'internal-ca'
const caFolder = '/etc/internal-ca'

/** Hands events to this region's OpenSearch, which its `elasticsearch` output speaks to, each with the region's code. */
export function sidekick(
  { priority, sidekick: { replicas } }: FalcoValues,
  { region, account }: { region: Region; account: string },
): Release {
  return release('falcosidekick', {
    chart: { name: 'falcosidekick', repository: 'https://falcosecurity.github.io/charts', version: '0.14.0' },
    workloads: [
      deployment('falcosidekick', {
        at: { replicas: 'replicaCount', resources: 'resources' },
        replicas,
        cpu: '10m',
        memory: '32Mi',
        memoryLimit: '128Mi',
        spread: 'preferred',
      }),
    ],
    values: {
      config: {
        existingSecret: account,
        customfields: `region:${region.code}`,
        tlsclient: { cacertfile: `${caFolder}/ca.crt` },
        elasticsearch: {
          hostport: 'https://opensearch.opensearch.svc:9200',
          index: `siem-${region.name}-falco`,
          suffix: 'daily',
          minimumpriority: priority,
          // Names of fields hold dots, which would be taken for structure.
          flattenfields: true,
          enablecompression: true,
        },
      },
      extraVolumes: [{ name: caSecret, secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
      extraVolumeMounts: [{ name: caSecret, mountPath: caFolder, readOnly: true }],
      customAnnotations: { 'secret.reloader.stakater.com/reload': account },
      podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '2801' },
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    },
  })
}

/** OpenSearch's certificate is from the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
export function internalCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['falcosidekick.falco.svc'],
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
