import { job, type Part, type Resource, resource, secretEnv } from '@openova/core'
import { fingerprint } from './names.ts'
import { type Env, podBase, server, trust } from './server.ts'

type Pod = Part<'batch/v1/Job', 'spec.template.spec'>
type Container = NonNullable<Pod['containers']>[number]

interface PlanJob {
  plan: string
  /** `host:port` of the cache; its user and password are in the environment of `secret`. */
  cache: { address: string; secret: string } | undefined
  admin: string
  env: Env
}

/**
 * Brings the database to what the plan says before any server starts, so that no message ever lies where it should not.
 * A server in recovery mode, beside it in the pod, opens nothing but its administration.
 */
export function planJob({ plan, cache, admin, env }: PlanJob): Resource[] {
  const steps: Container[] = [
    cli('apply', { admin, url: local, args: ['apply', '--file', '/plan/plan.ndjson'], plan: true }),
    // The store for what is short-lived is named by an address with the password in it, which no plan in Git may hold.
    ...(cache
      ? [
          cli('cache', {
            admin,
            url: local,
            env: { CACHE_USERNAME: { secret: cache.secret, key: 'username' }, CACHE_PASSWORD: { secret: cache.secret, key: 'password' } },
            args: [
              'update',
              'InMemoryStore',
              '--json',
              `{"@type":"Redis","url":"redis://$(CACHE_USERNAME):$(CACHE_PASSWORD)@${cache.address}/0"}`,
            ],
          }),
          cli('coordinator', { admin, url: local, args: ['update', 'Coordinator', '--json', '{"@type":"Default"}'] }),
        ]
      : []),
  ]
  const recovery: Container = {
    ...server({ ...env, STALWART_RECOVERY_ADMIN: { secret: admin, key: 'recovery' } }),
    name: 'recovery',
    restartPolicy: 'Always',
    startupProbe: { httpGet: { path: '/healthz/live', port: 8080 }, periodSeconds: 2, failureThreshold: 150 },
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
  }
  return [
    resource('v1/ConfigMap', 'plan', { data: { 'plan.ndjson': plan } }),
    onceJob('plan', {
      steps,
      before: [
        trust,
        {
          ...recovery,
          env: [...(recovery.env ?? []), { name: 'STALWART_RECOVERY_MODE', value: '1' }, { name: 'STALWART_HOSTNAME', value: 'plan' }],
        },
      ],
      volumes: [...(podBase.volumes ?? []), { name: 'plan', configMap: { name: 'plan' } }],
      plan,
    }),
  ]
}

/** What can be said only to servers that run: logins by Keycloak are a setting beside others that the first start makes. */
export function directoryJob({ issuer, domain, admin }: { issuer: string; domain: string; admin: string }): Resource[] {
  const plan = [
    {
      '@type': 'upsert',
      object: 'Directory',
      matchOn: ['description'],
      value: {
        keycloak: {
          '@type': 'Oidc',
          description: 'keycloak',
          issuerUrl: issuer,
          usernameDomain: domain,
          // Keycloak names the services behind a login there, not the login itself.
          requireAudience: null,
        },
      },
    },
    { '@type': 'update', object: 'Authentication', value: { directoryId: '#keycloak' } },
  ]
    .map((operation) => `${JSON.stringify(operation)}\n`)
    .join('')
  return [
    resource('v1/ConfigMap', 'directory', { data: { 'plan.ndjson': plan } }),
    onceJob('directory', {
      steps: [
        cli('apply', { admin, url: 'http://stalwart.stalwart.svc:8080', args: ['apply', '--file', '/plan/plan.ndjson'], plan: true }),
      ],
      before: [],
      volumes: [
        { name: 'work', emptyDir: { sizeLimit: '64Mi' } },
        { name: 'plan', configMap: { name: 'directory' } },
      ],
      plan,
    }),
  ]
}

const local = 'http://127.0.0.1:8080'

interface Once {
  steps: Container[]
  before: Container[]
  volumes: NonNullable<Pod['volumes']>
  plan: string
}

function onceJob(name: string, { steps, before, volumes, plan }: Once): Resource {
  const last = steps.slice(-1)
  return resource('batch/v1/Job', name, {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job(name, { replicas: 1, cpu: '10m', memory: '32Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        // A Job runs again when its text changes, and only then.
        metadata: { annotations: { 'openova.io/plan': fingerprint(plan) } },
        spec: {
          automountServiceAccountToken: podBase.automountServiceAccountToken,
          securityContext: podBase.securityContext,
          restartPolicy: 'OnFailure',
          initContainers: [...before, ...steps.slice(0, -1)],
          containers: last,
          volumes,
        },
      },
    },
  })
}

interface Cli {
  admin: string
  url: string
  args: string[]
  env?: Env
  plan?: boolean
}

function cli(name: string, { admin, url, args, env = {}, plan = false }: Cli): Container {
  return {
    name,
    image: 'ghcr.io/stalwartlabs/cli:1.0.12',
    args,
    env: [
      { name: 'STALWART_URL', value: url },
      { name: 'STALWART_USER', value: 'admin' },
      ...secretEnv({ STALWART_PASSWORD: { secret: admin, key: 'password' }, ...env }),
      // It keeps the schema of the server there.
      { name: 'HOME', value: '/tmp' },
    ],
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'work', mountPath: '/tmp', subPath: 'cli' },
      ...(plan ? [{ name: 'plan', mountPath: '/plan', readOnly: true }] : []),
    ],
  }
}
