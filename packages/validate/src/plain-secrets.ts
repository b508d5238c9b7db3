import { isMap } from '@openova/core'

/** Helm values that hold a secret in plain text: `at` and what it looks like (never the secret itself). */
export function plainSecrets(values: unknown, at: string): { at: string; text: string }[] {
  if (Array.isArray(values)) return values.flatMap((item, index) => plainSecrets(item, `${at}[${index}]`))
  if (!isMap(values)) return typeof values === 'string' && hasPassword(values) ? [{ at, text: 'password in an address' }] : []
  return Object.entries(values).flatMap(([key, value]) => {
    const path = `${at}.${key.replaceAll('.', '\\.')}`
    if (typeof value === 'string' && secretKey.test(key) && isLiteral(value) && !namesSecret(values))
      return [{ at: path, text: `literal \`${key}\`` }]
    return plainSecrets(value, path)
  })
}

const secretKey =
  /(?:^|[a-z_-])(?:password|passwd|passphrase|client_?secret|api_?key|private_?key|auth_?token)$|^(?:secret_?key|secret_?access_?key|token|.*access_?token|.*bot_?token)$/i

/** Beside `existingSecret` and its like, `secretKey: password` says which key of that Secret. */
const namesSecret = (values: Record<string, unknown>) =>
  Object.entries(values).some(
    ([key, value]) =>
      /(?:^existing|Secret$|secretName$|^secretRef$|^secretKeyRef$|^valueFrom$)/i.test(key) &&
      key !== 'clientSecret' &&
      value !== '' &&
      value !== undefined &&
      value !== null,
  )

/** Neither empty nor filled in elsewhere: `$(VAR)`, `${VAR}`, `{{ ... }}`, a path. */
const isLiteral = (value: string) => value !== '' && !/^[/$]|\$[({_]|\{\{|^<.*>$/.test(value)

const hasPassword = (text: string) => /\w:\/\/[^\s/:@${}]*:[^\s/@${}]+@/.test(text)
