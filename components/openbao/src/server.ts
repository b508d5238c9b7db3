import { type Resource, resource } from '@openova/core'

const servers = ['openbao-0', 'openbao-1', 'openbao-2']

/** Known by the Service, by each server's own name and, with two regions, by the name that the other region calls. */
export function serverCertificate(region: string | undefined): Resource {
  return resource('cert-manager.io/v1/Certificate', 'openbao-tls', {
    spec: {
      secretName: 'openbao-tls',
      commonName: 'openbao.openbao.svc',
      dnsNames: [
        'openbao',
        'openbao.openbao.svc',
        'openbao-active.openbao.svc',
        ...servers.map((server) => `${server}.openbao-internal`),
        ...(region === undefined ? [] : [`openbao-${region}.openbao.svc`]),
        'localhost',
      ],
      ipAddresses: ['127.0.0.1'],
      usages: ['server auth', 'client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}

/**
 * One cluster of three: every server asks the others for the leader, none makes a cluster of its own.
 * It unseals itself with the key of day 0; audit devices can only be declared here, never through the API.
 */
export const serverConfig = `ui = false

listener "tcp" {
  address = "[::]:8200"
  cluster_address = "[::]:8201"
  tls_cert_file = "/openbao/tls/tls.crt"
  tls_key_file = "/openbao/tls/tls.key"
  telemetry {
    unauthenticated_metrics_access = true
  }
}

storage "raft" {
  path = "/openbao/data"
${servers.map(joins).join('')}}

seal "static" {
  current_key_id = "day-0"
  current_key = "file:///openbao/seal/key"
}

audit "file" "stdout" {
  description = "Standard output, collected with the logs."
  options {
    file_path = "stdout"
  }
}

service_registration "kubernetes" {}

telemetry {
  prometheus_retention_time = "30s"
  disable_hostname = true
}
`

function joins(server: string): string {
  return `  retry_join {
    leader_api_addr = "https://${server}.openbao-internal:8200"
    leader_ca_cert_file = "/openbao/tls/ca.crt"
  }
`
}
