import { expect, expectTypeOf, test } from 'vitest'
import { type Part, resource, statefulSet } from '../src/index.ts'

type Pod = Part<'apps/v1/Deployment', 'spec.template.spec'>

test('mistakes in a resource do not compile', () => {
  const labels = { app: 'web' }
  const selector = { matchLabels: labels }
  const metadata = { labels }
  const mistakes = [
    // @ts-expect-error -- no such kind
    () => resource('apps/v1/Deploymnet', 'web', {}),
    // @ts-expect-error -- no such version
    () => resource('apps/v1beta1/Deployment', 'web', {}),
    // @ts-expect-error -- no such field
    () => resource('v1/ConfigMap', 'web', { dta: {} }),
    // @ts-expect-error -- the other keys of a resource are checked, too
    () => resource('v1/ConfigMap', 'web', { data: {}, namespaces: 'web' }),
    () =>
      resource('apps/v1/Deployment', 'web', {
        // @ts-expect-error -- a misspelt field, five levels down
        spec: { selector, template: { metadata, spec: { containers: [{ name: 'web', imgae: 'nginx' }] } } },
      }),
    () =>
      resource('apps/v1/Deployment', 'web', {
        // @ts-expect-error -- a misspelt field in a branch
        spec: { selector, template: { metadata, spec: labels.app ? { containers: [], restartPolcy: 'Always' } : undefined } },
      }),
    // @ts-expect-error -- a container has a name
    () => resource('apps/v1/Deployment', 'web', { spec: { selector, template: { spec: { containers: [{ image: 'nginx' }] } } } }),
    // @ts-expect-error -- no such protocol
    () => resource('v1/Service', 'web', { spec: { ports: [{ port: 80, protocol: 'HTTP' }] } }),
    // @ts-expect-error -- a port is a number
    () => resource('v1/Service', 'web', { spec: { ports: [{ port: '80' }] } }),
    // @ts-expect-error -- a spec is no list
    () => resource('v1/Service', 'web', { spec: [] }),
    // @ts-expect-error -- null is what the API server drops
    () => resource('v1/Service', 'web', { spec: { clusterIP: null } }),
    // @ts-expect-error -- status is written by controllers
    () => resource('v1/Service', 'web', { status: {} }),
    // @ts-expect-error -- a value of a map has a type
    () => resource('v1/ConfigMap', 'web', { data: { port: 80 } }),
    // @ts-expect-error -- a misspelt field of a custom resource
    () => resource('cert-manager.io/v1/Certificate', 'web', { spec: { secretName: 'a', issuerRef: { name: 'a', knd: 'Issuer' } } }),
    // @ts-expect-error -- a part is closed like the whole
    (): Pod => ({ containers: [{ name: 'web', imgae: 'nginx' }] }),
    // @ts-expect-error -- there is nothing at a misspelt path
    (): Part<'apps/v1/Deployment', 'spec.tmplate.spec'> => ({ containers: [] }),
  ]
  expect(mistakes).toHaveLength(16)
})

test('a resource takes whatever Kubernetes takes', () => {
  const names: readonly string[] = ['a.example.com']
  const bodies = [
    resource('v1/ConfigMap', 'web', { data: { a: 'b', c: undefined }, labels: { a: 'b' }, annotations: undefined }),
    resource('cert-manager.io/v1/Certificate', 'web', { spec: { secretName: 'web', dnsNames: names, issuerRef: { name: 'internal' } } }),
    resource('v1/Service', 'web', {
      spec: {
        ports: [
          { port: 80, targetPort: 'http' },
          { port: 81, targetPort: 8081 },
        ],
      } as const,
    }),
    resource('apps/v1/StatefulSet', 'web', {
      workloads: [statefulSet('web', { replicas: 1, cpu: '1', memory: '1Gi' })],
      spec: {
        selector: {},
        serviceName: 'web',
        template: { spec: { containers: [{ name: 'web', resources: { requests: { cpu: 1, memory: '1Gi' } } }] } },
      },
    }),
    // Where Kubernetes keeps what it does not know, anything goes.
    resource('cert-manager.io/v1/ClusterIssuer', 'web', {
      spec: {
        acme: {
          server: 'https://example.com',
          privateKeySecretRef: { name: 'web' },
          solvers: [{ dns01: { webhook: { groupName: 'a', solverName: 'b', config: { whatever: [1] } } } }],
        },
      },
    }),
  ]
  expect(bodies.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Certificate', 'Service', 'StatefulSet', 'ClusterIssuer'])
})

test('a part of a kind is found by its path', () => {
  expectTypeOf<Part<'v1/Service', 'spec.ports.0.protocol'>>().toEqualTypeOf<'SCTP' | 'TCP' | 'UDP'>()
  expectTypeOf<Part<'v1/Service', 'spec.ports.0.targetPort'>>().toEqualTypeOf<string | number>()
  expectTypeOf<Part<'v1/Service', 'spec.port'>>().toEqualTypeOf<never>()
})
