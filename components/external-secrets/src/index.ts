import { defineComponent, deployment, release } from '@openova/core'
import { produceSecret, pullSecret, pushToPeer } from './secret.ts'
import { clientCertificate, localStore, remoteStore } from './stores.ts'
import { values } from './values.ts'

export type { ExternalSecretsValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Secrets from OpenBao: generated once, kept there, read by every component, shared between the regions. */
export default defineComponent({
  name: 'external-secrets',
  tier: 'mandatory',
  category: 'security',
  budget: 'core',
  namespace: 'external-secrets',
  values,

  provides: { 'external-secrets.io': 'config', 'generators.external-secrets.io': 'config' },
  // The webhook's certificate comes from the internal issuer, the store's answers from an OpenBao that knows the role.
  after: { install: ['cert-manager/setup'], config: ['openbao/setup'] },
  network: {
    apiServer: true,
    webhooks: [10250],
    metrics: [8080],
    calls: [{ to: 'openbao', ports: [8200] }],
    callsPeer: [{ to: 'openbao', ports: [8200] }],
  },
  metrics: [
    {
      name: 'Secrets that are not in sync',
      expr: 'sum(externalsecret_status_condition{condition="Ready",status="False"})',
      unit: 'secrets',
      above: 0,
      for: '15m',
      action: 'List them with `kubectl get externalsecrets -A`; one below `supplied/` waits for a person, the rest for OpenBao.',
    },
    {
      name: 'Stores out of reach',
      expr: 'sum(clustersecretstore_status_condition{condition="Ready",status="False"})',
      unit: 'stores',
      above: 0,
      for: '10m',
      action: 'bao-local: look at OpenBao and its `external-secrets` role. bao-remote: look at the other region and the mesh.',
    },
    {
      name: 'Failed synchronisations',
      expr: 'sum(rate(externalsecret_sync_calls_error[15m]))',
      unit: 'errors/s',
      above: 0.1,
      for: '15m',
      action: 'Read the log of external-secrets; a permission error means that a policy of OpenBao lacks the path.',
    },
  ],
  privileges: [{ role: 'external-secrets-controller', reason: 'It writes the Secrets of every namespace; that is its whole work.' }],

  serves: {
    secret: {
      ready: 'config',
      grant: () => ({}),
      resources: (claim, { region, platform, values: { refreshInterval } }) => [
        ...produceSecret(claim, { region: region.name, regions: platform.regions, refreshInterval }),
        ...pullSecret(claim, { region: region.name, regions: platform.regions, refreshInterval }),
      ],
      peer: (claim, { region, platform, peer, values: { refreshInterval } }) =>
        peer ? pushToPeer(claim, { region: region.name, regions: platform.regions, refreshInterval }) : [],
    },
  },

  releases: ({ values: { replicas } }) => [
    release('external-secrets', {
      chart: { name: 'external-secrets', repository: 'https://charts.external-secrets.io', version: '2.9.0' },
      workloads: [
        deployment('external-secrets', {
          at: { replicas: 'replicaCount', resources: 'resources' },
          replicas,
          cpu: '20m',
          memory: '72Mi',
          spread: 'preferred',
        }),
        deployment('external-secrets-webhook', {
          at: { replicas: 'webhook.replicaCount', resources: 'webhook.resources' },
          replicas: 1,
          cpu: '10m',
          memory: '32Mi',
        }),
      ],
      values: {
        installCRDs: true,
        leaderElect: replicas > 1,
        podAnnotations: scraped,
        // cert-manager signs the webhook, so the third pod, which only does that, stays away.
        certController: { create: false },
        webhook: {
          podAnnotations: scraped,
          certManager: {
            enabled: true,
            cert: { issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' } },
          },
        },
      },
      drift: { mode: 'enabled', ignore: [{ paths: ['/webhooks'], target: { kind: 'ValidatingWebhookConfiguration' } }] },
    }),
  ],
  config: ({ region }) => [clientCertificate(region.name), localStore()],
  peer: ({ peer }) => [peer && remoteStore(peer.name)],
})

const scraped = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' }
