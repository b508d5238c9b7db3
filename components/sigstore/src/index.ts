import { defineComponent, deployment, job, release, secret, supply } from '@openova/core'
import { neverJudged, registryOpening, signedImages } from './policy.ts'
import { values } from './values.ts'

export type { SigstoreValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Admission of signed images: what comes from the platform's registry must be signed, in every namespace that opts in. */
export default defineComponent({
  name: 'sigstore',
  tier: 'mandatory',
  category: 'supply-chain',
  budget: 'security',
  namespace: 'sigstore',
  values,

  provides: { 'policy.sigstore.dev': 'install' },
  network: {
    // Only asked with `trust: keyless`.
    egress: ['tuf-repo-cdn.sigstore.dev:443', 'rekor.sigstore.dev:443', 'fulcio.sigstore.dev:443'],
    apiServer: true,
    webhooks: [8443],
  },
  metrics: [
    {
      name: 'Refused pods',
      expr: 'sum(increase(apiserver_admission_webhook_rejection_count{name=~"policy.sigstore.dev.*",error_type="no_error"}[1h]))',
      unit: 'requests',
      for: '1h',
      action: 'The event of the ReplicaSet or Job names the image; sign it, or take it from a registry that no policy covers.',
    },
    {
      name: 'Requests that could not be judged',
      expr: 'sum(increase(apiserver_admission_webhook_rejection_count{name=~"policy.sigstore.dev.*",error_type!="no_error"}[15m]))',
      unit: 'requests',
      above: 0,
      for: '15m',
      action: 'Look at the pods in namespace sigstore: while none answers, nothing starts in namespaces that opted in.',
    },
    {
      name: 'Requests let through unjudged',
      expr: 'sum(increase(apiserver_admission_webhook_fail_open_count{name=~"policy.sigstore.dev.*"}[15m]))',
      unit: 'requests',
      above: 0,
      for: '5m',
      action: 'The webhook fails closed; somebody changed its failurePolicy by hand or by helmValues.',
    },
  ],
  privileges: [
    {
      role: 'policy-controller-webhook',
      reason: 'It reads the pull credentials of the pods that it judges, in whatever namespace they are.',
    },
  ],

  needs: ({ values }) => ({
    key:
      values.trust === 'key' &&
      secret(
        'cosign',
        { 'cosign.pub': supply('Public key (cosign.pub) by which images are signed; its private half stays with those who sign') },
        { before: 'config' },
      ),
  }),

  check: ({ values: { trust, identities } }) => [
    trust === 'keyless' &&
      identities.length === 0 && {
        at: 'identities',
        message: 'Unexpected empty list, expected at least one identity with `trust: keyless`: the public Sigstore signs for everybody',
        fix: 'add the issuer and the subject of those who may sign',
      },
    trust === 'key' &&
      identities.length > 0 && {
        at: 'identities',
        severity: 'warning',
        message: 'Unexpected identities with `trust: key`, expected none: they are not used',
        fix: 'set `trust: keyless`, or remove them',
      },
  ],

  before: ({ platform, region, peer }) => [registryOpening({ platform, region, peer })],
  releases: ({ values: { replicas, trust } }) => [
    release('policy-controller', {
      chart: { name: 'policy-controller', repository: 'https://sigstore.github.io/helm-charts', version: '0.10.6' },
      workloads: [
        deployment('policy-controller-webhook', {
          at: { replicas: 'webhook.replicaCount', resources: 'webhook.resources' },
          replicas,
          cpu: '50m',
          memory: '72Mi',
          memoryLimit: '512Mi',
          spread: 'preferred',
        }),
        // When it is uninstalled, never otherwise.
        job('leases-cleanup', {
          once: true,
          at: { resources: 'leasescleanup.resources' },
          replicas: 1,
          cpu: '10m',
          memory: '32Mi',
          memoryLimit: '128Mi',
        }),
      ],
      values: {
        webhook: {
          // What no policy covers is admitted with a warning.
          configData: { 'no-match-policy': 'warn' },
          namespaceSelector: {
            matchExpressions: [
              { key: 'policy.sigstore.dev/include', operator: 'In', values: ['true'] },
              { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: neverJudged },
            ],
          },
          // With a key nothing of the public Sigstore is needed, and it does not start where that cannot be reached.
          extraArgs: { 'disable-tuf': trust === 'key' },
          podDisruptionBudget: { enabled: replicas > 1 },
          podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        },
        leasescleanup: {
          image: { repository: 'docker.io/alpine/kubectl', version: '1.36.0' },
          podSecurityContext: {
            enabled: true,
            runAsNonRoot: true,
            runAsUser: 65532,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      },
      // The controller writes rules, selectors and its CA into them.
      drift: {
        mode: 'enabled',
        ignore: [
          { paths: ['/webhooks'], target: { kind: 'MutatingWebhookConfiguration' } },
          { paths: ['/webhooks'], target: { kind: 'ValidatingWebhookConfiguration' } },
        ],
      },
    }),
  ],
  config: ({ values, platform, region, peer, granted: { key } }) => [signedImages(values, { platform, region, peer, key: key?.secret })],
})
