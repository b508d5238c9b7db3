import { type Facts, type Platform, type Problem, type Source, supply, template } from '@openova/core'
import type { VeleroValues } from './values.ts'

type Provider = Platform['archival']
type Archival = VeleroValues['archival']

interface ArchivalProvider {
  /** Velero's name for it, and the plugin that knows it. */
  plugin: Plugin
  /** What a person puts into OpenBao, and the file that the plugin reads, made of it. */
  secret: Readonly<Record<string, Source>>
  /** Which key of that Secret is the file. */
  credential: string
  /** Values that it cannot do without. */
  wants: readonly ('bucket' | 'endpoint' | 'region' | 'storageAccount')[]
  /** `config` of a location; every value is text. */
  config: (archival: Archival) => Readonly<Record<string, string>>
}
export interface Plugin {
  provider: string
  image: string
}

/** All plugins of one minor version go with one of Velero: 1.14 with 1.18. */
export const plugins = {
  aws: { provider: 'aws', image: 'docker.io/velero/velero-plugin-for-aws:v1.14.1' },
  gcp: { provider: 'gcp', image: 'docker.io/velero/velero-plugin-for-gcp:v1.14.1' },
  azure: { provider: 'azure', image: 'docker.io/velero/velero-plugin-for-microsoft-azure:v1.14.1' },
} as const satisfies Record<string, Plugin>

/** The credentials file of the AWS plugin. */
export const credentialsFile = ({ accessKey, secretKey }: { accessKey: string; secretKey: string }): string =>
  `[default]\naws_access_key_id=${accessKey}\naws_secret_access_key=${secretKey}\n`

/** Stores that are not AWS refuse the checksums of its newer clients, and have no host name per bucket. */
export const s3Compatible = { s3ForcePathStyle: 'true', checksumAlgorithm: '' }

const s3Secret = {
  accessKey: supply('Access key that may read, write and delete in the archival bucket'),
  secretKey: supply('The secret of that access key'),
  cloud: template(credentialsFile({ accessKey: '{{ .accessKey }}', secretKey: '{{ .secretKey }}' })),
}

export const archivalProviders: Readonly<Record<Provider, ArchivalProvider>> = {
  'cloudflare-r2': {
    plugin: plugins.aws,
    secret: s3Secret,
    credential: 'cloud',
    wants: ['bucket', 'endpoint'],
    config: ({ endpoint }) => ({ region: 'auto', s3Url: endpoint, ...s3Compatible }),
  },
  s3: {
    plugin: plugins.aws,
    secret: s3Secret,
    credential: 'cloud',
    wants: ['bucket', 'region'],
    config: ({ region }) => ({ region }),
  },
  gcs: {
    plugin: plugins.gcp,
    secret: { 'credentials.json': supply('Key file of a Google service account that may read, write and delete in the archival bucket') },
    credential: 'credentials.json',
    wants: ['bucket'],
    config: () => ({}),
  },
  'azure-blob': {
    plugin: plugins.azure,
    secret: {
      accountKey: supply('An access key of the storage account that holds the archival container'),
      cloud: template('AZURE_STORAGE_ACCOUNT_ACCESS_KEY={{ .accountKey }}\nAZURE_CLOUD_NAME=AzurePublicCloud\n'),
    },
    credential: 'cloud',
    wants: ['bucket', 'storageAccount'],
    config: ({ storageAccount }) => ({
      storageAccount,
      storageAccountKeyEnvVar: 'AZURE_STORAGE_ACCOUNT_ACCESS_KEY',
      storageAccountURI: `https://${storageAccount}.blob.core.windows.net`,
    }),
  },
}

/** Where the archival storage is must be said: nobody can guess an account. Until then backups stay in their region. */
export const hasArchival = (platform: Platform, values: VeleroValues): boolean => missing(platform, values).length === 0

export function archivalProblems({ platform, values }: Facts<VeleroValues>): Problem[] {
  const { wants } = archivalProviders[platform.archival]
  const absent = missing(platform, values).map((key) => `archival.${key}`)
  if (absent.length === wants.length) {
    return [
      {
        at: 'archival',
        severity: 'warning',
        message: `Unexpected empty ${absent.map((key) => `\`${key}\``).join(' and ')}, expected where to archive with \`archival: ${platform.archival}\`: until then backups stay in their region, and are lost with it`,
        fix: `set ${absent.join(' and ')} of velero`,
      },
    ]
  }
  return absent.map((at) => ({
    at,
    message: `Unexpected empty \`${at}\`, expected a value with \`archival: ${platform.archival}\``,
    fix: `set \`${at}\` of velero`,
  }))
}

const missing = (platform: Platform, { archival }: VeleroValues) =>
  archivalProviders[platform.archival].wants.filter((key) => archival[key] === '')
