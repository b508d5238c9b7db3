import type { Part, Platform, Source } from '@openova/core'
import { day0, supply } from '@openova/core'
import type { FluxValues } from './values.ts'

export type GitProvider = Exclude<FluxValues['gitProvider'], 'auto'>

/** The kind of Git server; a host of one's own is taken for Gitea or Forgejo. */
export function gitProviderOf({ git }: Platform, { gitProvider }: FluxValues): GitProvider {
  if (gitProvider !== 'auto') return gitProvider
  const { hostname } = new URL(git.url)
  return (['github', 'gitlab', 'bitbucket'] as const).find((name) => hostname.includes(name)) ?? 'gitea'
}

/** Where its API is reached, whatever way Flux clones it. */
export function webAddress({ git }: Platform): string {
  const { protocol, host, hostname, pathname } = new URL(git.url)
  const path = pathname.replace(/\.git$/, '')
  return protocol.startsWith('http') ? `${protocol}//${host}${path}` : `https://${hostname}${path}`
}

/** What the first server's script puts into `flux-system/flux-system`. */
export function pullCredential({ git }: Platform): Record<string, Source> {
  return git.url.startsWith('ssh:')
    ? { identity: day0('Private SSH key with read access to the Git repository'), known_hosts: day0('Host keys of the Git server') }
    : { username: day0('User who may read the Git repository'), password: day0('Access token of that user') }
}

export const statusToken = ({ git }: Platform): Record<string, Source> => ({
  token: supply(`Access token that may set the status of commits in ${git.url}`),
})

type Receiver = Part<'notification.toolkit.fluxcd.io/v1/Receiver', 'spec'>

/** What a push event looks like. Gitea signs and names its events as GitHub does, too. */
export const pushEvents: Readonly<Record<GitProvider, Pick<Receiver, 'type' | 'events'>>> = {
  github: { type: 'github', events: ['ping', 'push'] },
  gitea: { type: 'github', events: ['ping', 'push'] },
  gitlab: { type: 'gitlab', events: ['Push Hook'] },
  bitbucket: { type: 'bitbucket', events: ['repo:refs_changed'] },
  none: { type: 'generic-hmac' },
}
