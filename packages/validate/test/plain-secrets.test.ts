import { expect, test } from 'vitest'
import { plainSecrets } from '../src/plain-secrets.ts'

test.each([
  ['a password', { admin: { password: 'hunter2' } }, 'admin.password'],
  [
    'a password beside the name of a Secret',
    { existingSecretAdminPassword: 'admin', harborAdminPassword: 'Harbor12345' },
    'harborAdminPassword',
  ],
  ['a token', { token: 'abc123' }, 'token'],
  ['a secret key', { s3: { secretKey: 'abc123' } }, 's3.secretKey'],
  ['a secret key beside others', { s3: { secret: 'a', secretKey: 'abc123', accessKey: 'b' } }, 's3.secretKey'],
  ['an address with a password', { urls: ['postgres://harbor:hunter2@db:5432/registry'] }, 'urls[0]'],
  ['a private key', { config: '-----BEGIN RSA PRIVATE KEY-----\nMII' }, 'config'],
])('finds %s', (_, values, at) => {
  expect(plainSecrets(values, '').map((found) => found.at)).toEqual([at])
})

test.each([
  ['the name of a Secret', { existingSecret: 'admin', existingSecretAdminPassword: 'admin' }],
  ['the key in a Secret', { existingSecret: 'admin', passwordKey: 'password', secretKey: 'secretkey' }],
  ['a Secret and a key in it', { signingKey: { secret: 'synapse', secretKey: 'signingKey' } }],
  ['nothing', { password: '', token: null }],
  [
    'what is filled in elsewhere',
    { password: '$(DB_PASSWORD)', token: '${TOKEN}', apiKey: '{{ .Values.key }}', api_key: 'os.environ/KEY' },
  ],
  ['a path', { token: '/var/run/secrets/token', privateKey: 'tls.key' }],
  ['an address without a password', { url: 'https://user@example.org:8443/a:b@c' }],
])('passes %s', (_, values) => {
  expect(plainSecrets(values, '')).toEqual([])
})
