export interface Region {
  name: string
  /** 1 or 2. */
  ordinal: number
  /** `hz-fsn-rtz-prod`. */
  clusterName: string
  /** `hfrp`. */
  code: string
  location: string
  network: { nodes: string; pods: string; services: string; layer2: boolean }
  /** Private addresses of the K3s servers. */
  servers: readonly string[]
  /** Nodes of all pools. */
  nodes: number
  pools: readonly NodePool[]
}
export interface NodePool {
  name: string
  role: 'server' | 'agent'
  source: 'cloud' | 'external'
  count: number
  /** Cores of a node. */
  cpu: number
  /** Nominal GB of a node. */
  memory: number
  /** Volumes that can be attached to a node. */
  volumes: number
  gpu?: { model: string; count: number }
  labels: Readonly<Record<string, string>>
  taints: readonly string[]
}
export interface Platform {
  name: string
  domain: string
  environment: 'prod' | 'stg' | 'uat' | 'dev' | 'poc'
  buildingBlock: 'rtz' | 'dmz' | 'mgt'
  provider: 'hetzner' | 'huawei' | 'oci' | 'aws' | 'gcp' | 'azure'
  loadBalancer: 'cloud' | 'k8gb' | 'cilium-l2'
  dns: 'cloudflare' | 'hetzner-dns' | 'route53' | 'cloud-dns' | 'azure-dns'
  archival: 'cloudflare-r2' | 's3' | 'gcs' | 'azure-blob'
  git: { url: string; branch: string }
  /** Who points the write Services at the write node. */
  failover: { writeServices: 'flux' | 'controller' }
  /** Names of the regions, in order. */
  regions: readonly string[]
}
