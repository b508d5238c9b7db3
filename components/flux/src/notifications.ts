import { type Part, type Platform, type Region, type Resource, resource } from '@openova/core'
import { gitProviderOf, pushEvents, webAddress } from './git.ts'
import type { FluxValues } from './values.ts'

interface NotificationOptions {
  values: FluxValues
  platform: Platform
  region: Region
  /** Names of the Secrets; a missing one leaves its messages out. */
  secrets: { push: string; status?: string; alerts?: string }
}

/** Push events in; commit status and messages to people out. */
export function notifications({ values, platform, region, secrets: { push, status, alerts } }: NotificationOptions): Resource[] {
  const provider = gitProviderOf(platform, values)
  const stages = { kind: 'Kustomization' as const, name: '*', namespace: 'flux-system' }
  const source = { kind: 'GitRepository' as const, name: 'flux-system', namespace: 'flux-system' }
  return [
    resource('notification.toolkit.fluxcd.io/v1/Receiver', 'git', {
      spec: { ...pushEvents[provider], interval: '10m', secretRef: { name: push }, resources: [source] },
    }),
    // Flux' own network policy lets in pods only; what comes through a Gateway has an identity of its own.
    resource('cilium.io/v2/CiliumNetworkPolicy', 'webhook-receiver', {
      spec: {
        endpointSelector: { matchLabels: { app: 'notification-controller' } },
        ingress: [{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '9292', protocol: 'TCP' }] }] }],
      },
    }),
    ...(status === undefined || provider === 'none'
      ? []
      : messages('commit-status', {
          provider: {
            type: provider,
            address: webAddress(platform),
            secretRef: { name: status },
            // Both regions report on the same commit.
            commitStatusExpr: `'${region.clusterName}/' + event.involvedObject.name`,
          },
          alert: { eventSeverity: 'info', eventSources: [stages] },
        })),
    ...(alerts === undefined || values.alerts.provider === 'none'
      ? []
      : messages('people', {
          provider: { type: values.alerts.provider, secretRef: { name: alerts } },
          alert: { eventSeverity: values.alerts.severity, summary: region.clusterName, eventSources: [stages, source] },
        })),
  ]
}

interface Messages {
  provider: Part<'notification.toolkit.fluxcd.io/v1beta3/Provider', 'spec'>
  alert: Omit<Part<'notification.toolkit.fluxcd.io/v1beta3/Alert', 'spec'>, 'providerRef'>
}

function messages(name: string, { provider, alert }: Messages): Resource[] {
  return [
    resource('notification.toolkit.fluxcd.io/v1beta3/Provider', name, { spec: provider }),
    resource('notification.toolkit.fluxcd.io/v1beta3/Alert', name, { spec: { providerRef: { name }, ...alert } }),
  ]
}
