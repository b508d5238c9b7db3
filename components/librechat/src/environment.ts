import type { Grant } from '@openova/core'
import { llmKey } from './chat-config.ts'
import type { LibrechatValues } from './values.ts'

export interface Granted {
  web: Grant<'host'>
  llm: Grant<'llm'>
  documents: Grant<'documents'>
  files: Grant<'bucket'>
  /** Where browsers reach MinIO: links to files lead there, so that they are made for that address. */
  filesUrl: string
  redis: Grant<'cache'> | undefined
  login: Grant<'client'> | undefined
  credentials: string
}
type Variable = { name: string; value: string } | { name: string; valueFrom: { secretKeyRef: { name: string; key: string } } }

export function environment({ title, sessionDays, agents }: LibrechatValues, granted: Granted): Variable[] {
  const { web, llm, documents, files, filesUrl, redis, login, credentials } = granted
  return [
    ...plain({
      HOST: '0.0.0.0',
      PORT: '3080',
      NODE_ENV: 'production',
      CONSOLE_JSON: 'true',
      DEBUG_LOGGING: 'false',
      APP_TITLE: title,
      DOMAIN_CLIENT: web.url,
      DOMAIN_SERVER: web.url,
      // The Gateway before it.
      TRUST_PROXY: '1',
      NO_INDEX: 'true',
      SEARCH: 'false',
      ENDPOINTS: agents ? 'agents,custom' : 'custom',
      ALLOW_EMAIL_LOGIN: 'true',
      ALLOW_REGISTRATION: 'false',
      ALLOW_SOCIAL_LOGIN: String(login !== undefined),
      ALLOW_SOCIAL_REGISTRATION: String(login !== undefined),
      ALLOW_SHARED_LINKS_PUBLIC: 'false',
      SESSION_EXPIRY: String(15 * minute),
      REFRESH_TOKEN_EXPIRY: String(sessionDays * 24 * 60 * minute),
      AWS_ENDPOINT_URL: filesUrl,
      AWS_BUCKET_NAME: files.bucket,
      AWS_REGION: 'us-east-1',
      AWS_FORCE_PATH_STYLE: 'true',
    }),
    ...from(credentials, ['CREDS_KEY', 'CREDS_IV', 'JWT_SECRET', 'JWT_REFRESH_SECRET']),
    ...from(documents.secret, ['MONGO_URI']),
    ...from(files.secret, ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']),
    ...from(llm.secret, [llmKey]),
    ...(redis ? redisEnvironment(redis) : []),
    ...(login ? [...loginEnvironment(login), ...from(credentials, ['OPENID_SESSION_SECRET'])] : []),
  ]
}

const redisEnvironment = ({ address, secret }: Grant<'cache'>): Variable[] => [
  ...from(secret, { REDIS_USERNAME: 'username', REDIS_PASSWORD: 'password' }),
  ...plain({ USE_REDIS: 'true', REDIS_KEY_PREFIX: 'librechat', REDIS_URI: `redis://$(REDIS_USERNAME):$(REDIS_PASSWORD)@${address}` }),
]

const loginEnvironment = ({ clientId, issuer, secret }: Grant<'client'>): Variable[] => [
  ...plain({
    // It takes no other address than the one that Keycloak calls itself by.
    OPENID_ISSUER: issuer,
    OPENID_CLIENT_ID: clientId,
    OPENID_SCOPE: 'openid profile email',
    OPENID_CALLBACK_URL: callback,
    OPENID_BUTTON_LABEL: 'Keycloak',
    OPENID_USE_PKCE: 'true',
    OPENID_ADMIN_ROLE: adminRole,
    OPENID_ADMIN_ROLE_PARAMETER_PATH: 'roles',
    OPENID_ADMIN_ROLE_TOKEN_KIND: 'id',
  }),
  ...from(secret, ['OPENID_CLIENT_SECRET']),
]

export const callback = '/oauth/openid/callback'
export const adminRole = 'admin'

const minute = 60_000

const plain = (variables: Readonly<Record<string, string>>): Variable[] =>
  Object.entries(variables).map(([name, value]) => ({ name, value }))

/** Keys of a Secret by the names of the variables, where these differ. */
const from = (secret: string, keys: readonly string[] | Readonly<Record<string, string>>): Variable[] =>
  (Array.isArray(keys) ? keys.map((key: string): [string, string] => [key, key]) : Object.entries(keys)).map(([name, key]) => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
  }))
