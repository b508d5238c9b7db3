/** One region of the platform spec. */
export function regionSchema(settings: object) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'location', 'network', 'pools'],
    description: 'One K3s cluster.',
    properties: {
      // `base` is the folder of what all regions share.
      name: {
        type: 'string',
        pattern: '^(?!(base|bootstrap)$)[a-z]([-a-z0-9]{0,28}[a-z0-9])?$',
        patternErrorMessage: 'expected at most 30 lower-case letters, digits and dashes that start with a letter, and not `base`',
        description: 'Name of the region and of its folder, such as region-a.',
      },
      location: {
        type: 'string',
        pattern: '^[a-z][-a-z0-9]{0,29}$',
        patternErrorMessage: 'expected a location of the provider in lower case, such as `fsn`',
        description: 'Location at the provider; Hetzner: fsn, nbg, hel (one network zone), ash, hil, sin.',
      },
      network: {
        type: 'object',
        additionalProperties: false,
        required: ['nodes', 'pods', 'services'],
        description: 'Address ranges; none may overlap another of either region.',
        properties: {
          nodes: range('Private range of the nodes. Server n has the address range + 10 + n.'),
          pods: range('Range of the pods.'),
          services: range('Range of the Services.'),
          layer2: {
            type: 'boolean',
            default: false,
            description: 'Whether the nodes share a layer 2 segment, such as dedicated servers on a vSwitch.',
          },
        },
      },
      pools: { type: 'array', minItems: 1, items: poolSchema, description: 'Nodes, by kind.' },
      components: { ...settings, default: {}, description: 'Settings that differ in this region; they do not choose a component.' },
    },
  }
}

const range = (description: string) => ({ type: 'string', format: 'cidr', description })

const poolSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'count', 'cpu', 'memory'],
  description: 'Nodes of one kind.',
  properties: {
    name: {
      type: 'string',
      pattern: '^[a-z]([-a-z0-9]{0,28}[a-z0-9])?$',
      patternErrorMessage: 'expected at most 30 lower-case letters, digits and dashes that start with a letter',
      description: "Name of the pool, part of its nodes' names.",
    },
    role: {
      type: 'string',
      enum: ['server', 'agent'],
      default: 'server',
      description: 'Whether its nodes run the control plane and etcd too.',
    },
    source: {
      type: 'string',
      enum: ['cloud', 'external'],
      default: 'cloud',
      description:
        'cloud: servers are made by OpenTofu. external: nodes that exist, such as dedicated GPU servers, join with the agent token.',
    },
    count: { type: 'integer', minimum: 1, maximum: 500, description: 'Number of nodes.' },
    cpu: { type: 'integer', minimum: 1, description: 'Cores of a node.' },
    memory: { type: 'number', exclusiveMinimum: 0, description: 'Nominal memory of a node in GB.' },
    volumes: { type: 'integer', minimum: 0, default: 16, description: 'Volumes that can be attached to a node; 0 on dedicated servers.' },
    gpu: {
      type: 'object',
      additionalProperties: false,
      required: ['model', 'count'],
      description: 'GPUs of each node.',
      properties: {
        model: { type: 'string', minLength: 1, description: 'Model, such as A10.' },
        count: { type: 'integer', minimum: 1, description: 'Number of GPUs of a node.' },
      },
    },
    labels: {
      type: 'object',
      additionalProperties: { type: 'string', description: 'Value of that label.' },
      default: {},
      description: 'Labels of its nodes.',
    },
    taints: {
      type: 'array',
      items: {
        type: 'string',
        pattern: '^[^=:\\s]+(=[^=:\\s]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$',
        patternErrorMessage: 'expected key=value:effect, such as `nvidia.com/gpu=present:PreferNoSchedule`',
        description: 'key=value:effect',
      },
      default: [],
      description: 'Taints of its nodes, such as nvidia.com/gpu=present:PreferNoSchedule.',
    },
  },
}
