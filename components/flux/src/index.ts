import { defineComponent, deployment, generate, host, release, secret, supply } from '@openova/core'
import { gitProviderOf, pullCredential, statusToken } from './git.ts'
import { fluxInstance } from './instance.ts'
import { notifications } from './notifications.ts'
import { values } from './values.ts'

export type { FluxValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Applies this region's folder of the Git repository and keeps it applied; says on the commit how that went. */
export default defineComponent({
  name: 'flux',
  tier: 'mandatory',
  category: 'gitops',
  budget: 'core',
  namespace: 'flux-system',
  values,

  provides: { 'fluxcd.controlplane.io': 'install' },
  after: { install: ['cilium/install'] },
  network: { metrics: [8080] },
  metrics: [
    {
      name: 'Objects not applied',
      expr: 'sum by (kind, exported_namespace, name) (flux_resource_info{ready="False"})',
      unit: 'objects',
      above: 0,
      for: '20m',
      action: 'Run `flux get all -A --status-selector ready=false`: the first one in the order of stages holds up the others.',
    },
    {
      name: 'Reconcile errors',
      expr: 'sum by (controller) (rate(controller_runtime_reconcile_errors_total{namespace="flux-system"}[10m]))',
      unit: 'errors/s',
      above: 0.2,
      for: '30m',
      action: 'Read the log of that controller; a Git or chart server that cannot be reached shows here.',
    },
    {
      name: 'Slowest reconciliations',
      expr: 'histogram_quantile(0.99, sum by (le, kind) (rate(gotk_reconcile_duration_seconds_bucket[10m])))',
      unit: 's',
      for: '30m',
      action: 'A stage that waits for its pods counts in full; raise `concurrency` when others queue behind it.',
    },
  ],
  privileges: [{ role: 'cluster-admin', reason: 'It applies objects of every kind in every namespace; what it applies is what Git says.' }],

  needs: ({ platform, values }) => ({
    webhook: host({
      name: 'flux-webhook',
      service: 'webhook-receiver',
      port: 80,
      audience: values.webhookAudience,
      waf: { off: 'A push carries commit messages, which may read like an attack; the Receiver verifies who signed it.' },
      before: 'config',
    }),
    git: secret('flux-system', pullCredential(platform)),
    push: secret('webhook-token', { token: generate(40) }, { before: 'config' }),
    status: gitProviderOf(platform, values) !== 'none' && secret('git-status', statusToken(platform), { before: 'config' }),
    people:
      values.alerts.provider !== 'none' &&
      secret('alert-address', { address: supply('Webhook address of the channel that takes alerts') }, { before: 'config' }),
  }),

  releases: () => [
    release('flux-operator', {
      chart: { name: 'flux-operator', repository: 'oci://ghcr.io/controlplaneio-fluxcd/charts', version: '0.58.1' },
      workloads: [
        deployment('flux-operator', { at: { resources: 'resources' }, replicas: 1, cpu: '20m', memory: '48Mi', memoryLimit: '512Mi' }),
      ],
      values: { installCRDs: true, web: { enabled: false } },
      keep: true,
    }),
  ],
  setup: ({ values, platform, region, granted: { git } }) => [fluxInstance({ values, platform, region, pullSecret: git.secret })],
  config: ({ values, platform, region, granted: { push, status, people } }) =>
    notifications({ values, platform, region, secrets: { push: push.secret, status: status?.secret, alerts: people?.secret } }),
})
