import { type Platform, type Resource, type Source, supply } from '@openova/core'
import { openLocal, rootEnv, scriptJob } from './job.ts'

type Provider = Platform['archival']
interface Archive {
  provider: Provider
  /** Both regions may use one bucket: each below its own prefix. */
  prefix: string
  days: number
  buckets: readonly string[]
  secrets: { root: string; archival: string }
}

const s3Keys = {
  endpoint: supply(
    'Endpoint of the archival storage, such as https://<account>.r2.cloudflarestorage.com or https://s3.eu-central-1.amazonaws.com',
  ),
  region: supply('Its region; `auto` with R2'),
  bucket: supply('Name of a bucket that exists there'),
  accessKey: supply('Access key that may read, write and delete in it'),
  secretKey: supply('The secret of that access key'),
}
const keys: Readonly<Record<Provider, Readonly<Record<string, Source>>>> = {
  'cloudflare-r2': s3Keys,
  s3: s3Keys,
  gcs: {
    bucket: supply('Name of a Cloud Storage bucket that exists'),
    'credentials.json': supply('Key file of a service account that may read, write and delete in it'),
  },
  'azure-blob': {
    bucket: supply('Name of a blob container that exists'),
    accountName: supply('Storage account that holds it'),
    accountKey: supply('An access key of that account'),
  },
}

/** What a person puts into OpenBao for the archival provider. */
export const archivalKeys = (provider: Provider) => keys[provider]

/** Makes the tier, gives it the credentials of today, and moves what is old enough; buckets without a tier are left alone. */
export function archivalJob({ provider, prefix, days, buckets, secrets }: Archive): Resource {
  const variables = Object.keys(keys[provider]).filter((key) => /^\w+$/.test(key))
  return scriptJob('archive', {
    env: {
      ...rootEnv(secrets.root),
      ...Object.fromEntries(variables.map((key) => [variableOf(key), { secret: secrets.archival, key }])),
    },
    secrets: provider === 'gcs' ? { '/archival': secrets.archival } : {},
    script: `${openLocal}if mc ilm tier ls local --json | grep -q '"${tier}"'; then
  mc ilm tier update local ${tier} ${credentials[provider]}
else
  mc ilm tier add ${types[provider]} local ${tier} --bucket "$BUCKET" --prefix ${prefix}/ ${places[provider]}${credentials[provider]}
fi
${buckets.map((bucket) => importRule(bucket, days)).join('')}`,
  })
}

const tier = 'ARCHIVAL'
const types: Readonly<Record<Provider, string>> = { 'cloudflare-r2': 's3', s3: 's3', gcs: 'gcs', 'azure-blob': 'azure' }
const s3Place = '--endpoint "$ENDPOINT" --region "$REGION" '
const places: Readonly<Record<Provider, string>> = {
  'cloudflare-r2': s3Place,
  s3: s3Place,
  gcs: '',
  'azure-blob': '--account-name "$ACCOUNT_NAME" ',
}
const s3Credentials = '--access-key "$ACCESS_KEY" --secret-key "$SECRET_KEY"'
const credentials: Readonly<Record<Provider, string>> = {
  'cloudflare-r2': s3Credentials,
  s3: s3Credentials,
  gcs: '--credentials-file /archival/credentials.json',
  'azure-blob': '--account-key "$ACCOUNT_KEY"',
}

/** The whole lifecycle of the bucket, so that a changed number of days replaces the old one. */
function importRule(bucket: string, days: number): string {
  const rule = { ID: 'archive', Status: 'Enabled', Filter: { Prefix: '' }, Transition: { Days: days, StorageClass: tier } }
  return `echo '${JSON.stringify({ Rules: [rule] })}' | mc ilm rule import local/${bucket}\n`
}

const variableOf = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
