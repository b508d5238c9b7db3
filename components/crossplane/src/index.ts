import { defineComponent, deployment, release, resource, secret, supply, template } from '@openova/core'
import { packages } from './packages.ts'
import { bucket } from './templates/bucket.ts'
import { loadBalancer } from './templates/load-balancer.ts'
import { network } from './templates/network.ts'
import { nodePool } from './templates/node-pool.ts'
import { values } from './values.ts'

export type { CrossplaneValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Resources of the cloud as objects of Kubernetes, compared all the time, and templates by which teams help themselves. */
export default defineComponent({
  name: 'crossplane',
  tier: 'mandatory',
  category: 'infrastructure',
  namespace: 'crossplane',
  values,

  provides: {
    'pkg.crossplane.io': 'install',
    'apiextensions.crossplane.io': 'install',
    'hetzner.m.crossplane.io': 'setup',
    'minio.crossplane.io': 'setup',
  },
  after: { install: ['cilium/install'] },
  network: {
    egress: [
      'xpkg.crossplane.io:443',
      'xpkg.upbound.io:443',
      'ghcr.io:443',
      '*.githubusercontent.com:443',
      '*.s3.*.amazonaws.com:443',
      'api.hetzner.cloud:443',
    ],
    apiServer: true,
    webhooks: [9443],
    metrics: [8080],
    calls: [{ to: 'minio', ports: [9000] }],
  },
  metrics: [
    {
      name: 'Managed resources that are not ready',
      expr: 'sum by (gvk) (crossplane_managed_resource_exists) - sum by (gvk) (crossplane_managed_resource_ready)',
      unit: 'resources',
      above: 0,
      for: '15m',
      action: 'Run `kubectl get managed -A`; the conditions Synced and Ready of the resource say what the cloud answered.',
    },
    {
      name: 'Managed resources that differ from the cloud',
      expr: 'sum by (gvk) (crossplane_managed_resource_exists) - sum by (gvk) (crossplane_managed_resource_synced)',
      unit: 'resources',
      above: 0,
      for: '30m',
      action:
        'Run `kubectl describe` on the one whose Synced is False: a token without rights, or a change that would replace the resource.',
    },
    {
      name: 'Reconcile errors',
      expr: 'sum by (controller) (rate(controller_runtime_reconcile_errors_total{namespace="crossplane"}[10m]))',
      unit: 'errors/s',
      above: 0.2,
      for: '30m',
      action: 'Read the log of the pod that has this controller: Crossplane itself, or one of its providers.',
    },
  ],
  privileges: [
    { role: 'crossplane', reason: 'It composes objects of the kinds that packages and templates bring, in the namespace of whoever asks.' },
    { role: 'crossplane-rbac-manager', reason: 'It lets each package touch the kinds that it brings, and no others.' },
  ],

  needs: ({ platform }) => ({
    cloud:
      platform.provider === 'hetzner' &&
      secret(
        'cloud',
        {
          token: supply(
            'Hetzner Cloud API token of the project, read and write; another than that of the nodes, so that each can be revoked',
          ),
          credentials: template('{"token":"{{ .token }}"}'),
        },
        { before: 'config' },
      ),
    // Whoever makes buckets and users for teams needs all rights in MinIO.
    minio: secret(
      'minio',
      { AWS_ACCESS_KEY_ID: template('{{ .rootUser }}'), AWS_SECRET_ACCESS_KEY: template('{{ .rootPassword }}') },
      { readOnly: true, path: 'region/minio/root', before: 'config' },
    ),
  }),

  check: ({ platform: { provider } }) => [
    provider !== 'hetzner' && {
      at: '',
      severity: 'warning',
      message: `Unexpected provider \`${provider}\`, expected \`hetzner\`: its packages are installed, without a ProviderConfig and without templates for nodes, networks and load balancers`,
      fix: 'bring those by a repository of your own, or choose `provider: hetzner`',
    },
  ],

  releases: ({ values: { replicas, memory } }) => [
    release('crossplane', {
      chart: { name: 'crossplane', repository: 'https://charts.crossplane.io/stable', version: '2.3.4' },
      workloads: [
        deployment('crossplane', {
          at: { replicas: 'replicas', resources: 'resourcesCrossplane' },
          replicas,
          cpu: '100m',
          memory,
          memoryLimit: '1Gi',
          spread: 'preferred',
        }),
        deployment('crossplane-rbac-manager', {
          at: { replicas: 'rbacManager.replicas', resources: 'resourcesRBACManager' },
          replicas: 1,
          cpu: '20m',
          memory: '96Mi',
          memoryLimit: '512Mi',
        }),
      ],
      values: {
        // Which managed resources are active is said in `setup`; the chart would make all of them so.
        provider: { defaultActivations: [] },
        // The usual 20Mi hold one small package.
        packageCache: { sizeLimit: '128Mi' },
        metrics: { enabled: true },
        podSecurityContextCrossplane: pod,
        podSecurityContextRBACManager: pod,
        securityContextCrossplane: container,
        securityContextRBACManager: container,
      },
      keep: true,
    }),
  ],
  setup: ({ values, platform }) => packages(platform.provider, values),
  config: ({ region, granted: { cloud, minio } }) => [
    resource('minio.crossplane.io/v1/ProviderConfig', 'default', {
      spec: {
        minioURL: 'https://minio.minio.svc:9000',
        credentials: { source: 'InjectedIdentity', apiSecretRef: { name: minio.secret, namespace: 'crossplane' } },
      },
    }),
    ...bucket(),
    ...(cloud
      ? [
          resource('hetzner.m.crossplane.io/v1beta1/ClusterProviderConfig', 'default', {
            spec: { credentials: { source: 'Secret', secretRef: { name: cloud.secret, namespace: 'crossplane', key: 'credentials' } } },
          }),
          ...nodePool(region),
          ...network(region),
          ...loadBalancer(region),
        ]
      : []),
  ],
})

const pod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }
const container = { capabilities: { drop: ['ALL'] } }
