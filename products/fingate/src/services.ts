import type { Size } from '@openova/core'

export interface Service {
  name: string
  replicas: number
  size: Pick<Size, 'cpu' | 'memory'>
  /** What it has to do with, besides the settings that all have. */
  uses: readonly ('database' | 'quota' | 'topics' | 'signing' | 'anchors' | 'realm')[]
  /** Paths of the API that lead to it. */
  paths?: readonly string[]
}

export const http = 8080
/** Envoy asks ext-authz by gRPC. */
export const grpc = 9001

/** The last two have no row in the product's table: they live on what its total leaves. */
export const services: readonly Service[] = [
  {
    name: 'ext-authz',
    replicas: 3,
    size: { cpu: '500m', memory: '512Mi' },
    uses: ['database', 'quota', 'topics', 'anchors', 'signing'],
  },
  {
    name: 'accounts-api',
    replicas: 2,
    size: { cpu: '500m', memory: '512Mi' },
    uses: ['database', 'topics', 'signing'],
    paths: ['/accounts'],
  },
  {
    name: 'payments-api',
    replicas: 2,
    size: { cpu: '500m', memory: '512Mi' },
    uses: ['database', 'topics', 'signing'],
    paths: ['/payments'],
  },
  {
    name: 'consents-api',
    replicas: 2,
    size: { cpu: '250m', memory: '256Mi' },
    uses: ['database', 'topics', 'signing'],
    paths: ['/consents'],
  },
  {
    name: 'tpp-management',
    replicas: 2,
    size: { cpu: '100m', memory: '128Mi' },
    uses: ['database', 'quota', 'topics', 'anchors', 'realm'],
  },
  { name: 'sandbox-data', replicas: 1, size: { cpu: '100m', memory: '128Mi' }, uses: ['database'] },
]

export const sandbox = 'sandbox-data'
