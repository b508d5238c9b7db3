import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadSchemas } from '../src/index.ts'

const root = join(import.meta.dirname, '../../../schemas')
const find = loadSchemas((path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined))
// Patterns are in Go's dialect, which may write \pC for \p{C}.
const regExp = (pattern: string, flags: string) => new RegExp(pattern.replaceAll(/\\([pP])([A-Z])/g, String.raw`\$1{$2}`), flags)
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, code: { regExp: Object.assign(regExp, { code: 'new RegExp' }) } })

/** `<path>: <what>` of each thing that is wrong with a document. */
function complaints(text: string): string[] {
  const document = parse(text) as { apiVersion: string; kind: string }
  const schema = find(document.apiVersion, document.kind)
  if (schema === undefined) return ['no schema']
  const validate = ajv.compile(schema)
  validate(document)
  const seen = (validate.errors ?? []).map(({ instancePath, keyword, params }) => {
    const what = params.additionalProperty ?? params.missingProperty ?? ''
    return `${instancePath}: ${keyword} ${what}`.trim()
  })
  return seen.toSorted()
}

const good: Record<string, string> = {
  HelmRelease: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: harbor, namespace: harbor}
spec:
  interval: 30m
  timeout: 15m
  chart: {spec: {chart: harbor, version: 1.18.0, sourceRef: {kind: HelmRepository, name: harbor}}}
  install: {crds: CreateReplace, remediation: {retries: -1}}
  valuesFrom: [{kind: ConfigMap, name: harbor-values}]
  values: {anything: {goes: [here]}}`,
  Deployment: `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.org/web:1.0.0
          resources: {requests: {cpu: 0.5, memory: 128Mi}, limits: {memory: 1.5Gi}}
          livenessProbe: {httpGet: {path: /, port: http}}
          securityContext: {runAsNonRoot: true, capabilities: {drop: [ALL]}}`,
  Cluster: `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: {name: harbor, namespace: harbor}
spec:
  instances: 3
  storage: {size: 10Gi}
  bootstrap: {initdb: {database: registry, owner: harbor}}
  resources: {requests: {cpu: 1, memory: 1Gi}}`,
  ExternalSecret: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: database, namespace: harbor}
spec:
  refreshInterval: 1h
  secretStoreRef: {kind: ClusterSecretStore, name: bao-local}
  target: {name: database, creationPolicy: Owner, template: {data: {url: "postgres://{{ .user }}"}}}
  data: [{secretKey: user, remoteRef: {key: region/harbor/database, property: user}}]`,
  HTTPRoute: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: harbor, namespace: harbor}
spec:
  parentRefs: [{name: public, namespace: cilium, sectionName: https}]
  hostnames: [harbor.example.org]
  rules: [{matches: [{path: {type: PathPrefix, value: /}}], backendRefs: [{name: harbor, port: 80}]}]`,
  FluxInstance: `
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: {name: flux, namespace: flux-system}
spec:
  distribution: {version: 2.9.4, registry: ghcr.io/fluxcd}
  sync: {kind: GitRepository, url: "https://git.example.org/x.git", ref: refs/heads/main, path: clusters/region-a, interval: 1m}`,
  CiliumNetworkPolicy: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: allow, namespace: harbor}
spec:
  endpointSelector: {}
  ingress: [{fromEntities: [cluster], toPorts: [{ports: [{port: "8080", protocol: TCP}]}]}]`,
  Kustomization: `
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: harbor
resources: [deployment.yaml]
patches: [{path: patch.yaml, target: {kind: Deployment, name: web}}]`,
}

const bad: [kind: string, from: string, to: string, expected: string[]][] = [
  ['HelmRelease', 'kind: HelmRepository', 'kind: HelmRepo', ['/spec/chart/spec/sourceRef/kind: enum']],
  ['HelmRelease', '  timeout: 15m', '  timeOut: 15m', ['/spec: additionalProperties timeOut']],
  ['HelmRelease', 'interval: 30m', 'interval: soon', ['/spec/interval: pattern']],
  ['HelmRelease', '  interval: 30m\n', '', ['/spec: required interval']],
  ['Deployment', 'image: r', 'imgae: r', ['/spec/template/spec/containers/0: additionalProperties imgae']],
  ['Deployment', 'replicas: 2', 'replicas: "2"', ['/spec/replicas: type']],
  ['Deployment', 'maxSurge: 25%', 'maxSurge: [1]', ['/spec/strategy/rollingUpdate/maxSurge: type']],
  ['Deployment', 'memory: 128Mi', 'memory: 128MB', ['/spec/template/spec/containers/0/resources/requests/memory: pattern']],
  ['Cluster', 'instances: 3', 'instances: "3"', ['/spec/instances: type']],
  ['Cluster', '  instances: 3\n', '', ['/spec: required instances']],
  ['Cluster', 'owner: harbor', 'ownr: harbor', ['/spec/bootstrap/initdb: additionalProperties ownr']],
  ['ExternalSecret', 'creationPolicy: Owner', 'creationPolicy: Mine', ['/spec/target/creationPolicy: enum']],
  ['ExternalSecret', 'secretKey: user, ', '', ['/spec/data/0: required secretKey']],
  ['HTTPRoute', 'port: 80', 'port: http', ['/spec/rules/0/backendRefs/0/port: type']],
  ['HTTPRoute', 'type: PathPrefix', 'type: Prefix', ['/spec/rules/0/matches/0/path/type: enum']],
  ['FluxInstance', 'path: clusters', 'pth: clusters', ['/spec/sync: additionalProperties pth', '/spec/sync: required path']],
  ['CiliumNetworkPolicy', 'protocol: TCP', 'protocol: HTTP', ['/spec/ingress/0/toPorts/0/ports/0/protocol: enum']],
  ['Kustomization', 'resources:', 'resource:', [': additionalProperties resource']],
]

test.each(Object.entries(good))('accepts a good %s', (_kind, text) => {
  expect(complaints(text)).toEqual([])
})

test.each(bad)('rejects a %s with `%s` as `%s`', (kind, from, to, expected) => {
  const text = good[kind] ?? ''
  expect(text).toContain(from)
  expect(complaints(text.replace(from, to))).toEqual(expected)
})

test('accepts null where the API server drops it, and only there', () => {
  expect(complaints(good.HelmRelease!.replace('timeout: 15m', 'timeout:'))).toEqual([])
  expect(complaints(good.HelmRelease!.replace('interval: 30m', 'interval:'))).toEqual(['/spec/interval: type'])
})

test('knows no schema of a kind that nobody installs', () => {
  expect(complaints('{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor}')).toEqual(['no schema'])
})
