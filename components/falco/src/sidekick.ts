import { deployment, type Grant, type Region, type Release, type Resource, release, resource } from '@openova/core'
import type { FalcoValues } from './values.ts'

const caSecret = 'internal-ca'
const caFolder = '/etc/internal-ca'

interface Target {
  region: Region
  /** Kafka, where it is chosen. */
  events: Grant<'topic'> | undefined
  /** Secret with the account at OpenSearch, where Kafka is not. */
  opensearch: Grant<'secret'> | undefined
}

/** Hands events to this region's Kafka, or straight to its OpenSearch, which its `elasticsearch` output speaks to; each with the region's code. */
export function sidekick({ priority, sidekick: { replicas } }: FalcoValues, { region, events, opensearch }: Target): Release {
  const account = events?.secret ?? opensearch?.secret
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
        ...(events ? kafka(events, priority) : elasticsearch(region, priority)),
        // Its Kafka output knows the CAs of the system only.
        extraEnv: events && [{ name: 'SSL_CERT_FILE', value: `${caFolder}/ca.crt` }],
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

const kafka = ({ bootstrap }: Grant<'topic'>, minimumpriority: string) => ({
  kafka: {
    hostport: bootstrap,
    topic: 'siem.falco',
    sasl: 'SCRAM_SHA512',
    tls: true,
    requiredacks: 'ALL',
    compression: 'ZSTD',
    clientid: 'falcosidekick',
    minimumpriority,
  },
})

const elasticsearch = (region: Region, minimumpriority: string) => ({
  tlsclient: { cacertfile: `${caFolder}/ca.crt` },
  elasticsearch: {
    hostport: 'https://opensearch.opensearch.svc:9200',
    index: `siem-${region.name}-falco`,
    suffix: 'daily',
    minimumpriority,
    // Names of fields hold dots, which would be taken for structure.
    flattenfields: true,
    enablecompression: true,
  },
})

/** Certificates of OpenSearch and Kafka are from the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
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
