import {
  analytics,
  bucket,
  cache,
  client,
  database,
  defineComponent,
  deployment,
  gatewayOpening,
  generate,
  host,
  hostNames,
  meshService,
  optional,
  platformCa,
  release,
  secret,
  template,
} from '@openova/core'
import { langfuseValues } from './helm-values.ts'
import { values } from './values.ts'

export type { LangfuseValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Traces of every call to a language model: who asked what, what came back, how long it took and what it cost. */
export default defineComponent({
  name: 'langfuse',
  tier: 'a-la-carte',
  category: 'ai-safety',
  namespace: 'langfuse',
  values,

  network: ({ platform, region }) => ({ egress: [`${hostNames('minio', region.code, platform.domain).regionName}:443`] }),
  metrics: [
    {
      name: 'Pods that are down',
      expr: 'max by (deployment) (kube_deployment_status_replicas_unavailable{namespace="langfuse"})',
      unit: 'pods',
      above: 0,
      for: '10m',
      action:
        'Read their log: each of the four stores stops them. While `langfuse-web` is away, traces are lost; while `langfuse-worker` is, they wait.',
    },
    {
      name: 'Restarts',
      expr: 'sum by (container) (increase(kube_pod_container_status_restarts_total{namespace="langfuse"}[1h]))',
      unit: 'restarts',
      above: 3,
      for: '5m',
      action: 'It takes more memory than it may: raise `memory` of that part.',
    },
  ],

  needs: ({ values: { storage } }) => ({
    web: host({
      name: 'langfuse',
      service: 'langfuse-web',
      port: 3000,
      waf: { off: 'Traces hold questions and answers with code and markup of every kind, which the WAF takes for attacks.' },
    }),
    login: optional(client({ name: 'langfuse', returnsTo: [{ host: 'langfuse', paths: ['/api/auth/callback/keycloak'] }] })),
    db: database({ name: 'langfuse', scope: 'replicated', storage }),
    events: analytics({ name: 'langfuse' }),
    queue: cache({ scope: 'regional' }),
    files: bucket({ name: 'langfuse', replicated: true }),
    // A digest has the 64 hexadecimal digits that it wants.
    settings: secret(
      'settings',
      { salt: generate(48), nextauth: generate(48), seed: generate(64), encryptionKey: template('{{ .seed | sha256sum }}') },
      { scope: 'shared' },
    ),
    project: secret(
      'project',
      {
        public: generate(32),
        secret: generate(48),
        publicKey: template('pk-lf-{{ .public }}'),
        secretKey: template('sk-lf-{{ .secret }}'),
      },
      { scope: 'shared' },
    ),
    admin: secret('admin', { password: generate(32) }, { scope: 'shared' }),
  }),

  before: () => [platformCa.certificate('langfuse-web.langfuse.svc'), gatewayOpening()],
  releases: ({ values, platform, region, writeRegion, granted: { web, login, db, events, queue, files, settings, project, admin } }) => {
    const here = writeRegion('langfuse') === region.name
    const part = (name: 'web' | 'worker') => {
      const { replicas, cpu, memory } = values[name]
      return deployment(`langfuse-${name}`, {
        at: `langfuse.${name}`,
        replicas: here ? replicas : 0,
        cpu,
        memory,
        memoryLimit: '2Gi',
        spread: 'preferred',
      })
    }
    return [
      release('langfuse', {
        chart: { name: 'langfuse', repository: 'oci://ghcr.io/langfuse/langfuse-k8s/charts', version: '2.0.0' },
        workloads: [part('web'), part('worker')],
        values: langfuseValues(values, {
          here,
          web,
          login,
          db,
          events,
          queue,
          files,
          filesUrl: `https://${hostNames('minio', region.code, platform.domain).regionName}`,
          domain: platform.domain,
          secrets: { settings: settings.secret, project: project.secret, admin: admin.secret },
        }),
        // Its first start makes the tables of both databases.
        timeout: 30,
      }),
    ]
  },
  install: ({ region, peer, writeRegion }) => [
    // Traces of the other region come this way.
    peer &&
      meshService(
        'langfuse-web-write',
        { selector: { 'app.kubernetes.io/name': 'langfuse', app: 'web' }, ports: [{ name: 'http', port: 3000 }] },
        writeRegion('langfuse') === region.name,
      ),
  ],
})
