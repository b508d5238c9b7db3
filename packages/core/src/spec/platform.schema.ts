import type { Catalog, Component } from '../contract.ts'
import { compareText } from '../finding.ts'
import { hetznerLocations } from '../naming.ts'
import { regionSchema } from './region.schema.ts'

/** The JSON schema of clusters/platform.yaml with every component and its values, for editors. */
export function platformSchema({ components, products }: Catalog): object {
  const units = [...components.values(), ...products.values()].toSorted((a, b) => compareText(a.name, b.name))
  const settings = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(units.map(({ name }) => [name, { $ref: `#/definitions/${name}` }])),
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://openova.io/schemas/platform.schema.json',
    title: 'OpenOva platform',
    ...platform({ settings, products: [...products.keys()].toSorted(compareText), services: units.map(({ name }) => name) }),
    definitions: Object.fromEntries(units.map((unit) => [unit.name, unitSettings(unit)])),
  }
}

/** What may be said of a component; its values are checked against its own schema. */
export const settingsSchema = settingsOf({ type: 'object', description: 'Settings of the component.' })

function unitSettings({ name, tier, category, values }: Component): object {
  const { $schema: _schema, $id: _id, title: _title, ...schema } = values.schema as Record<string, unknown>
  const role = {
    mandatory: 'Always installed',
    'a-la-carte': 'Installed where it is named here or needed',
    product: 'Settings of its own services',
  }[tier]
  const meaning = typeof schema.description === 'string' ? schema.description : `The component ${name} (${category}).`
  return { description: `${meaning} ${role}.`, ...settingsOf({ ...schema, description: `Values of ${name}.` }) }
}

function settingsOf(values: object) {
  return {
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      values,
      helmValues: {
        type: 'object',
        additionalProperties: { type: 'object', description: 'Helm values of that release.' },
        description: 'Helm values by release, merged last, for what `values` does not offer. They are passed to the chart as they are.',
        default: {},
      },
    },
  }
}

interface Parts {
  settings: object
  /** Undefined: any text, since a better message comes from elsewhere. */
  products?: readonly string[]
  services?: readonly string[]
}

function platform({ settings, products, services }: Parts) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    properties: {
      apiVersion: { const: 'openova.io/v1alpha1', description: 'Version of this format.' },
      kind: { const: 'Platform', description: 'Kind of this document.' },
      metadata: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        description: 'Who this platform is.',
        properties: { name: label('Name of the platform.') },
      },
      spec: spec({ settings, products, services }),
    },
  }
}

function spec({ settings, products, services }: Parts) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['domain', 'git', 'regions'],
    description: 'What is wanted.',
    properties: {
      environment: choice(
        ['prod', 'stg', 'uat', 'dev', 'poc'],
        'What the platform is used for; part of cluster names and of the region code.',
      ),
      buildingBlock: choice(
        ['rtz', 'dmz', 'mgt'],
        'Restricted trust zone, demilitarized zone or management; part of cluster names and of the region code.',
      ),
      domain: {
        type: 'string',
        pattern: '^(?=.{1,190}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?$',
        patternErrorMessage: 'expected a domain name in lower case, such as `example.org`',
        description: 'Domain of all hosts: apps answer at {app}.{domain}, in one region at {app}.{code}.{domain}.',
      },
      provider: choice(
        ['hetzner', 'huawei', 'oci', 'aws', 'gcp', 'azure'],
        'Cloud provider. Only hetzner is available; the others need `preview: true`.',
      ),
      preview: {
        type: 'boolean',
        default: false,
        description: 'Allows a provider that is not yet available: its bootstrap is incomplete and says so.',
      },
      loadBalancer: choice(
        ['cloud', 'k8gb', 'cilium-l2'],
        'How traffic gets in: the load balancer of the cloud, DNS that answers with node addresses, or ARP (only where nodes share a layer 2 segment).',
      ),
      dns: choice(
        ['cloudflare', 'hetzner-dns', 'route53', 'cloud-dns', 'azure-dns'],
        'DNS provider of the domain. cloudflare goes with every cloud; the others only with their own.',
      ),
      archival: choice(
        ['cloudflare-r2', 's3', 'gcs', 'azure-blob'],
        'S3 storage for what is kept for long. cloudflare-r2 goes with every cloud; the others only with their own.',
      ),
      git: {
        type: 'object',
        additionalProperties: false,
        required: ['url'],
        description:
          'Repository with this tree, from which Flux pulls. It must be reachable before the platform exists, so it cannot run on it.',
        properties: {
          url: {
            type: 'string',
            pattern: '^(https|ssh)://[^\\s/]+/\\S+$',
            patternErrorMessage: 'expected an https:// or ssh:// address, such as `https://git.example.com/platform.git`',
            description: 'Address of the repository, https:// or ssh://.',
          },
          branch: { type: 'string', minLength: 1, default: 'main', description: 'Branch that Flux follows.' },
        },
      },
      regions: { type: 'array', items: regionSchema(settings), description: 'One region, or two symmetric ones; each is one K3s cluster.' },
      writeRegion: {
        type: 'string',
        description: 'Region that holds the write node of every replicated service. Default: the first region.',
      },
      writeRegions: {
        type: 'object',
        ...(services && { propertyNames: { enum: services } }),
        additionalProperties: { type: 'string', description: 'Name of a region.' },
        default: {},
        description: 'Write region of single services, by the name of the component.',
      },
      failover: {
        type: 'object',
        additionalProperties: false,
        description: 'What happens when a region is lost.',
        properties: {
          writeServices: choice(
            ['flux', 'controller'],
            'Who points the write Services at the write node: flux (a returning region may accept writes for seconds) or, strictly, the failover controller.',
          ),
        },
      },
      acknowledge: {
        type: 'array',
        items: { type: 'string', description: 'Code and subject of a finding.' },
        default: [],
        description: 'Findings that a person has read and accepts, such as `storage-moves/harbor`.',
      },
      products: {
        type: 'array',
        items: { type: 'string', description: 'Name of a product.', ...(products?.length && { enum: products }) },
        ...(products?.length === 0 && { maxItems: 0 }),
        default: [],
        description: 'Products; each brings its components and what those need.',
      },
      components: {
        ...settings,
        default: {},
        description: 'Components and their settings. Mandatory ones are always installed; naming another one here chooses it.',
      },
    },
    allOf: [
      {
        if: { type: 'object', properties: { provider: { const: 'hetzner' } } },
        // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON schema
        then: {
          type: 'object',
          properties: {
            regions: { type: 'array', items: { type: 'object', properties: { location: { enum: Object.keys(hetznerLocations) } } } },
          },
        },
      },
    ],
  }
}

/** One of some words; the first is the default. */
function choice(words: readonly string[], description: string) {
  return { type: 'string', enum: words, default: words[0], description }
}

function label(description: string) {
  return {
    type: 'string',
    pattern: '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$',
    patternErrorMessage: 'expected at most 40 lower-case letters, digits and dashes that start with a letter',
    description,
  }
}

/** The same without the catalog, so that it is compiled once: names of components, products and services are checked apart. */
export const platformShape = platform({ settings: { type: 'object' } })
