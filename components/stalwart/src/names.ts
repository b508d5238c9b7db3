import { hostNames, type Platform, type Region } from '@openova/core'

export const name = 'stalwart'
export const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name }

/** By this name clients reach IMAP and submission, wherever the servers are; `mail` is the web, behind the Gateways. */
export const clientName = ({ domain }: Platform, { code }: Region): string => hostNames('mx', code, domain).name

/** The same in one region, as MX records say it. */
export const regionName = ({ domain }: Platform, { code }: Region): string => hostNames('mx', code, domain).regionName

/** Ports of protocols that are not HTTP. The servers' own are above 1024, so that they need no privilege. */
export const listeners = [
  { name: 'smtp', protocol: 'smtp', port: 25, own: 2525, implicit: false },
  { name: 'submissions', protocol: 'smtp', port: 465, own: 4465, implicit: true },
  { name: 'submission', protocol: 'smtp', port: 587, own: 5587, implicit: false },
  { name: 'imaps', protocol: 'imap', port: 993, own: 9993, implicit: true },
  { name: 'sieve', protocol: 'manageSieve', port: 4190, own: 4190, implicit: false },
] as const

export const httpPort = 8080
/** The same server, with what the internet is not shown. */
export const metricsPort = 8081
export const tlsSecret = 'mail-tls'
export const tlsPath = '/tls'

/** Eight digits that change with the text (FNV-1a). */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
