/** A small kind with one of everything, and something like a Deployment; both closed, as all schemas are. */
const metadata = closed({ name: { type: 'string' }, labels: { type: ['object', 'null'], additionalProperties: { type: 'string' } } }, [
  'name',
])
const typed = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata }

const widgetSpec = closed({
  size: { type: ['integer', 'null'], minimum: 1, maximum: 65535 },
  mode: { type: ['string', 'null'], enum: ['fast', 'safe', null] },
  port: { type: ['string', 'integer'] },
  name: { type: 'string', pattern: "^[a-z']+\\d$" },
  wait: { type: 'string', format: 'duration' },
  parts: { type: 'array', items: closed({ name: { type: 'string' } }, ['name']) },
  either: { type: 'object', oneOf: [{ required: ['a'] }, { required: ['b'] }] },
  notes: { type: 'object', additionalProperties: { type: 'object', additionalProperties: { type: 'string' } } },
})

const quantities = { type: ['object', 'null'], additionalProperties: { type: ['string', 'number'] } }
const container = closed(
  {
    name: { type: 'string' },
    image: { type: ['string', 'null'] },
    imagePullPolicy: { type: ['string', 'null'], enum: ['Always', 'IfNotPresent', 'Never', null] },
    ports: { type: ['array', 'null'], items: closed({ name: { type: 'string' }, containerPort: { type: 'integer' } }, ['containerPort']) },
    env: { type: ['array', 'null'], items: closed({ name: { type: 'string' }, value: { type: ['string', 'null'] } }, ['name']) },
    resources: closed({ requests: quantities, limits: quantities }),
  },
  ['name'],
)
const podSpec = closed({ serviceAccountName: { type: ['string', 'null'] }, containers: { type: 'array', items: container } }, [
  'containers',
])
const deploymentSpec = closed(
  {
    replicas: { type: ['integer', 'null'] },
    selector: closed({ matchLabels: { type: 'object', additionalProperties: { type: 'string' } } }),
    template: closed({ metadata: closed({ labels: { type: 'object', additionalProperties: { type: 'string' } } }), spec: podSpec }),
  },
  ['selector', 'template'],
)

export const schemas: Readonly<Record<string, object>> = {
  'example.org/v1/Widget': closed({ ...typed, spec: widgetSpec }, ['spec']),
  'apps/v1/Deployment': closed({ ...typed, spec: deploymentSpec }, ['spec']),
}

export const widget = (spec: object, more: object = {}): object => ({
  apiVersion: 'example.org/v1',
  kind: 'Widget',
  metadata: { name: 'w' },
  spec,
  ...more,
})

export function deployment(spec: object = {}, first: object = {}): object {
  const labels = { app: 'web' }
  const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '128Mi' } }
  const main = { name: 'web', image: 'example.org/web:1.0.0', ports: [{ name: 'http', containerPort: 8080 }], resources, ...first }
  const template = { metadata: { labels }, spec: { serviceAccountName: 'web', containers: [main] } }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels },
    spec: { replicas: 2, selector: { matchLabels: labels }, template, ...spec },
  }
}

function closed(properties: object, required: string[] = []): object {
  return { type: 'object', properties, additionalProperties: false, ...(required.length > 0 && { required }) }
}
