import { dnsProviders, type Platform, type Source, template } from '@openova/core'

/** The same keys as external-dns has, read from where a person put them for it. */
export function sharedCredential({ dns, domain }: Platform): Record<string, Source> {
  return Object.fromEntries(Object.keys(dnsProviders[dns].credential(domain)).map((key) => [key, template(`{{ .${key} }}`)]))
}
