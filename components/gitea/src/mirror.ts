import { type Platform, type Resource, resource } from '@openova/core'
import { adminEnv, apiJob } from './job.ts'
import type { GiteaValues } from './values.ts'

/** Gitea fetches by HTTP only. */
export const isMirrored = ({ git }: Platform, { mirror }: GiteaValues): boolean => mirror.enabled && /^https?:/.test(git.url)

interface Mirror {
  url: string
  interval: string
  admin: string
  /** Secret with username and password; absent for a public repository. */
  credential: string | undefined
}

/** A pull mirror: Flux goes on reading the original, which is there before the platform is. */
export function platformMirrorJob({ url, interval, admin, credential }: Mirror): Resource {
  const login = credential ? `,"auth_username":'"$(quoted "$GIT_USERNAME")"',"auth_password":'"$(quoted "$GIT_PASSWORD")"'` : ''
  const repository = JSON.stringify({
    service: 'git',
    clone_addr: url,
    repo_owner: owner,
    repo_name: name,
    mirror: true,
    mirror_interval: interval,
    private: true,
  })
  return apiJob('platform-mirror', {
    env: {
      ...adminEnv(admin),
      ...(credential && { GIT_USERNAME: { secret: credential, key: 'username' }, GIT_PASSWORD: { secret: credential, key: 'password' } }),
    },
    script: `exists /orgs/${owner} || api POST /orgs '{"username":"${owner}","visibility":"private"}'
if exists /repos/${owner}/${name}; then
  api PATCH /repos/${owner}/${name} '{"mirror_interval":"${interval}"}'
else
  api POST /repos/migrate '${repository.slice(0, -1)}${login}}'
fi
`,
  })
}

/** The one host that the mirror is fetched from. */
export function platformOpening({ git }: Platform): Resource {
  const { hostname, port, protocol } = new URL(git.url)
  const toPorts = [{ ports: [{ port: port || (protocol === 'https:' ? '443' : '80'), protocol: 'TCP' as const }] }]
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'platform-git', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'gitea', 'app.kubernetes.io/instance': 'gitea' } },
      egress: [/^[0-9.]+$/.test(hostname) ? { toCIDR: [`${hostname}/32`], toPorts } : { toFQDNs: [{ matchName: hostname }], toPorts }],
    },
  })
}

const owner = 'openova'
const name = 'platform'
