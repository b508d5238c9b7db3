import { compareText, isMap } from '@openova/core'

/** Helm values that hold a secret in plain text: `at` and what it looks like (never the secret itself). */
export function plainSecrets(values: unknown, at: string): { at: string; text: string }[] {
  if (Array.isArray(values)) return values.flatMap((item, index) => plainSecrets(item, `${at}[${index}]`))
  if (!isMap(values)) return typeof values === 'string' ? inText(values).map((text) => ({ at, text })) : []
  return Object.entries(values).flatMap(([key, value]) => {
    const path = `${at}${at === '' ? '' : '.'}${key.replaceAll('.', '\\.')}`
    if (typeof value === 'string' && secretKey.test(key) && isLiteral(value) && !namesKey(key, values))
      return [{ at: path, text: `literal \`${key}\`` }]
    return plainSecrets(value, path)
  })
}

/** Not what names a Secret (`existingSecretAdminPassword`), nor `passwordKey`, a key in one. */
const secretKey =
  /^(?!existing)(?:.*[a-z_-])?(?:password|passwd|passphrase|client_?secret|api_?key|auth_?token)$|^(?:secret_?key|secret_?access_?key|token|.*access_?token|.*bot_?token)$/i

/** Beside `existingSecret`, `secretKey: password` says which key of that Secret; so does the pair `{ secret: admin, secretKey: password }` alone. */
const namesKey = (key: string, values: Record<string, unknown>) =>
  /^secret_?key$/i.test(key) &&
  (Object.keys(values).some((other) => /^existing|secretName$|^secretRef$/i.test(other)) ||
    Object.keys(values).toSorted(compareText).join() === 'secret,secretKey')

/** Neither empty nor filled in elsewhere: `$(VAR)`, `${VAR}`, `os.environ/VAR`, `{{ ... }}`, a path. */
const isLiteral = (value: string) => value !== '' && !/^[/$]|^os\.environ\/|\$[({_]|\{\{|^<.*>$/.test(value)

function inText(text: string): string[] {
  if (/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(text)) return ['private key']
  return /\w:\/\/[^\s/:@${}]*:[^\s/@${}]+@/.test(text) ? ['password in an address'] : []
}
