/** A YAML file that validators must agree on. */
export interface CorpusFile {
  name: string
  content: string | Uint8Array
}

/** Files with one thing wrong each, and their sound originals, in every way that we know a manifest to go wrong. */
export function corpus(): CorpusFile[] {
  return [...edited(), ...shapes(), ...bytes()]
}

const originals = {
  deployment: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx:1.29.1
          imagePullPolicy: IfNotPresent
          ports: [{ containerPort: 8080, name: http }]
          resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 1Gi } }
          readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 10 }
`,
  service: `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ClusterIP
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080, protocol: TCP }]
`,
  release: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec:
  interval: 1h
  chart:
    spec:
      chart: web
      version: 1.2.3
      sourceRef: { kind: HelmRepository, name: web-1.2.3 }
  driftDetection: { mode: enabled }
  valuesFrom: [{ kind: ConfigMap, name: web-values }]
`,
  kustomization: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web-install, namespace: flux-system }
spec:
  interval: 1h
  path: ./clusters/region-a/web/install
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
  dependsOn: [{ name: cilium-install }]
`,
  cluster: `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: registry, namespace: harbor }
spec:
  instances: 2
  imageName: ghcr.io/cloudnative-pg/postgresql:18.4
  storage: { size: 10Gi }
  bootstrap: { initdb: { database: registry, owner: registry } }
`,
  externalSecret: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: admin, namespace: harbor }
spec:
  refreshInterval: 1h
  secretStoreRef: { kind: ClusterSecretStore, name: bao-local }
  target: { name: admin, creationPolicy: Owner }
  data: [{ secretKey: password, remoteRef: { key: region/harbor/admin, property: password } }]
`,
  route: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: harbor, namespace: harbor }
spec:
  parentRefs: [{ name: public, namespace: gateway }]
  hostnames: [harbor.example.com]
  rules: [{ backendRefs: [{ name: harbor, port: 80 }] }]
`,
  policy: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: harbor, namespace: harbor }
spec:
  endpointSelector: {}
  ingress: [{ fromEntities: [ingress], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]
`,
} as const

/** Original, text in it, and what to put there; without a replacement the original stays as it is. */
function edited(): CorpusFile[] {
  const edits: [original: keyof typeof originals, what: string, from: string, to: string][] = [
    ['deployment', 'wrong type of replicas', 'replicas: 2', 'replicas: "2"'],
    ['deployment', 'replicas as a float', 'replicas: 2', 'replicas: 2.5'],
    ['deployment', 'null replicas', 'replicas: 2', 'replicas: null'],
    ['deployment', 'a list for a map', 'selector: { matchLabels: { app: web } }', 'selector: [app]'],
    ['deployment', 'a map for a list', 'ports: [{ containerPort: 8080, name: http }]', 'ports: { containerPort: 8080 }'],
    ['deployment', 'a missing selector', '  selector: { matchLabels: { app: web } }\n', ''],
    ['deployment', 'an unknown key at the top', 'spec:\n  replicas', 'specs: {}\nspec:\n  replicas'],
    ['deployment', 'an unknown key in spec', '  replicas: 2', '  replica: 2'],
    ['deployment', 'an unknown key in a container', 'imagePullPolicy', 'imagePullpolicy'],
    ['deployment', 'an unknown key in metadata', '  labels: { app: web }\nspec', '  label: { app: web }\nspec'],
    ['deployment', 'an unknown key in a probe', 'periodSeconds', 'periodSecond'],
    ['deployment', 'an unknown resource key', 'requests:', 'request:'],
    ['deployment', 'a number as a quantity', 'cpu: 100m', 'cpu: 2'],
    ['deployment', 'a map as a quantity', 'cpu: 100m', 'cpu: { value: 1 }'],
    ['deployment', 'a boolean as a quantity', 'memory: 128Mi', 'memory: true'],
    ['deployment', 'a port name as int-or-string', 'port: http', 'port: 8080'],
    ['deployment', 'a list as int-or-string', 'port: http', 'port: [http]'],
    ['deployment', 'a number as a label', '{ app: web }\nspec:\n  replicas', '{ app: 1 }\nspec:\n  replicas'],
    ['deployment', 'a number as the name', 'name: web\n  labels', 'name: 7\n  labels'],
    ['deployment', 'no containers', /containers:[^]*/.exec(originals.deployment)![0], 'containers: null\n'],
    ['deployment', 'a wrong apiVersion', 'apps/v1', 'apps/v1beta1'],
    ['deployment', 'an unknown kind', 'kind: Deployment', 'kind: Deploymnt'],
    ['service', 'a wrong enum', 'type: ClusterIP', 'type: ClusterIp'],
    ['service', 'a wrong protocol', 'protocol: TCP', 'protocol: tcp'],
    ['service', 'a port as text', 'port: 80,', 'port: "80",'],
    ['service', 'a target port as text', 'targetPort: 8080', 'targetPort: "8080"'],
    ['service', 'a missing port', 'port: 80, ', ''],
    ['service', 'a missing kind', 'kind: Service\n', ''],
    ['service', 'a missing apiVersion', 'apiVersion: v1\n', ''],
    ['service', 'an empty kind', 'kind: Service', 'kind: ""'],
    ['service', 'metadata as text', 'metadata: { name: web }', 'metadata: web'],
    ['release', 'an interval that is no duration', 'interval: 1h', 'interval: ten'],
    ['release', 'an interval as a number', 'interval: 1h', 'interval: 10'],
    ['release', 'a missing interval', '  interval: 1h\n', ''],
    ['release', 'a wrong kind of source', 'kind: HelmRepository', 'kind: HelmRepo'],
    ['release', 'a missing source', '      sourceRef: { kind: HelmRepository, name: web-1.2.3 }\n', ''],
    ['release', 'a wrong drift mode', 'mode: enabled', 'mode: on'],
    ['release', 'an unknown key three deep', 'version: 1.2.3\n      source', 'versoin: 1.2.3\n      source'],
    ['release', 'an unknown key beside it', '  driftDetection', '  driftdetection: {}\n  driftDetection'],
    ['release', 'a kind of values that is none', 'kind: ConfigMap', 'kind: Configmap'],
    ['release', 'free values', '  valuesFrom', '  values: { any: [1, { thing: null }] }\n  valuesFrom'],
    ['release', 'values as a list', '  valuesFrom', '  values: [1]\n  valuesFrom'],
    ['kustomization', 'prune as text', 'prune: true', 'prune: "true"'],
    ['kustomization', 'a missing prune', '  prune: true\n', ''],
    ['kustomization', 'a missing source', '  sourceRef: { kind: GitRepository, name: flux-system }\n', ''],
    ['kustomization', 'an unknown dependency key', '{ name: cilium-install }', '{ nam: cilium-install }'],
    ['kustomization', 'dependsOn as names', '[{ name: cilium-install }]', '[cilium-install]'],
    ['cluster', 'instances as text', 'instances: 2', 'instances: "2"'],
    ['cluster', 'instances below the least', 'instances: 2', 'instances: 0'],
    ['cluster', 'missing instances', '  instances: 2\n', ''],
    ['cluster', 'an unknown bootstrap', 'initdb:', 'initDb:'],
    ['cluster', 'a size as a number', 'size: 10Gi', 'size: 10'],
    ['externalSecret', 'a wrong creation policy', 'creationPolicy: Owner', 'creationPolicy: owner'],
    ['externalSecret', 'a wrong kind of store', 'kind: ClusterSecretStore', 'kind: SecretsStore'],
    ['externalSecret', 'a missing secret key', 'secretKey: password, ', ''],
    ['externalSecret', 'an unknown key in an item', 'property: password', 'properti: password'],
    ['route', 'a port out of range', 'port: 80 }', 'port: 700000 }'],
    ['route', 'a host with a port', 'harbor.example.com', 'harbor.example.com:443'],
    ['route', 'hostnames as text', '[harbor.example.com]', 'harbor.example.com'],
    ['route', 'a parent without name', '{ name: public, namespace: gateway }', '{ namespace: gateway }'],
    ['policy', 'an entity that is none', '[ingress]', '[ingres]'],
    ['policy', 'a port as a number', 'port: "8080"', 'port: 8080'],
    ['policy', 'an unknown key in a rule', 'toPorts', 'toPort'],
  ]
  return [
    ...Object.entries(originals).map(([name, content]) => ({ name: `${name} as it should be`, content })),
    ...edits.map(([original, what, from, to]) => ({
      name: `${original} with ${what}`,
      content: replaceOnce(originals[original], from, to),
    })),
  ]
}

/** Wrong as a file, not as an object. */
function shapes(): CorpusFile[] {
  const { service, deployment } = originals
  const many = Array.from({ length: 400 }, (_, index) => `        - { name: V${index}, value: "${index}" }`).join('\n')
  const deep = `${'{ a: '.repeat(200)}1${' }'.repeat(200)}`
  return [
    { name: 'a duplicate key', content: `${service}kind: Service\n` },
    { name: 'a duplicate key deep inside', content: replaceOnce(service, 'port: 80,', 'port: 80, port: 81,') },
    { name: 'an empty file', content: '' },
    { name: 'a file of comments', content: '# nothing\n' },
    { name: 'an empty document between two', content: `${service}---\n---\n${deployment}` },
    { name: 'a scalar', content: 'hello\n' },
    { name: 'a list at the top', content: '- apiVersion: v1\n' },
    { name: 'a tab as indentation', content: 'apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\n' },
    { name: 'an open bracket', content: `${service}extra: [1, 2\n` },
    { name: 'two sound documents', content: `${service}---\n${deployment}` },
    { name: 'a sound and a wrong document', content: `${service}---\n${deployment.replace('replicas: 2', 'replicas: two')}` },
    { name: 'a List of sound items', content: listOf(service, deployment) },
    { name: 'a List with a wrong item', content: listOf(service, deployment.replace('replicas: 2', 'replicas: two')) },
    { name: 'an empty List', content: 'apiVersion: v1\nkind: List\nitems: []\n' },
    { name: 'a very large object', content: `${deployment}          env:\n${many.replaceAll(/^ {8}/gm, ' '.repeat(12))}\n` },
    {
      name: 'a very large object with one mistake',
      content: `${deployment}          env:\n${many.replaceAll(/^ {8}/gm, ' '.repeat(12))}\n            - { nam: X }\n`,
    },
    { name: 'deep nesting in free data', content: originals.release.replace('  valuesFrom', `  values: ${deep}\n  valuesFrom`) },
    { name: 'deep nesting where none is allowed', content: service.replace('{ app: web }', deep) },
    { name: 'an alias of a map', content: `${service}status: &x {}\n`.replace('metadata: { name: web }', 'metadata: &m { name: web }') },
    {
      name: 'an alias used twice',
      content: service
        .replace('{ app: web }', '&l { app: web }')
        .replace('metadata: { name: web }', 'metadata: { name: web, labels: { a: b } }'),
    },
    { name: 'an alias without anchor', content: service.replace('{ app: web }', '*nowhere') },
  ]
}

/** Wrong as bytes. */
function bytes(): CorpusFile[] {
  const text = new TextEncoder()
  return [
    { name: 'bytes that are no UTF-8', content: Uint8Array.from([...text.encode(originals.service), 0x23, 0x20, 0xff, 0xfe, 0x0a]) },
    {
      name: 'bytes that are no UTF-8 in a value',
      content: Uint8Array.from([...text.encode('apiVersion: v1\nkind: Service\nmetadata:\n  name: "'), 0xc3, 0x28, ...text.encode('"\n')]),
    },
    { name: 'a NUL in a value', content: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: "a\u0000b"\n' },
    { name: 'CRLF line ends', content: originals.service.replaceAll('\n', '\r\n') },
    { name: 'a byte order mark', content: `\uFEFF${originals.service}` },
  ]
}

function listOf(...items: string[]): string {
  return `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `  - ${item.trimEnd().replaceAll('\n', '\n    ')}\n`).join('')}`
}

function replaceOnce(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`The corpus edits \`${from}\`, which is not there`)
  return text.replace(from, () => to)
}
