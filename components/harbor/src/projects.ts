import type { Resource } from '@openova/core'
import { adminEnv, apiJob } from './job.ts'
import type { HarborValues } from './values.ts'

type Upstream = HarborValues['proxyCaches'][number]

/** How Harbor speaks to each, and where. */
const upstreams: Readonly<Record<Upstream, { type: string; url: string }>> = {
  'docker.io': { type: 'docker-hub', url: 'https://hub.docker.com' },
  'ghcr.io': { type: 'github-ghcr', url: 'https://ghcr.io' },
  'quay.io': { type: 'quay', url: 'https://quay.io' },
  'registry.k8s.io': { type: 'docker-registry', url: 'https://registry.k8s.io' },
}

/** Own projects, and for every proxied registry an endpoint with a public project of the same name. */
export function projectsJob({
  projects,
  proxyCaches,
  admin,
}: {
  projects: readonly string[]
  proxyCaches: readonly Upstream[]
  admin: string
}): Resource {
  return apiJob('projects', {
    env: adminEnv(admin),
    script: [
      `project() { api GET "/projects/$1" >/dev/null 2>&1 || api POST /projects "$2"; }\n`,
      ...projects.map((name) => `project ${name} '${JSON.stringify({ project_name: name, metadata: { public: 'false' } })}'\n`),
      ...proxyCaches.map(proxyCache),
    ].join(''),
  })
}

function proxyCache(name: Upstream): string {
  const endpoint = { name, ...upstreams[name], insecure: false }
  const project = JSON.stringify({ project_name: name, registry_id: 0, metadata: { public: 'true' } })
  return `ensure /registries ${name} '${JSON.stringify(endpoint)}'
project ${name} '${project.replace('"registry_id":0', `"registry_id":'"$(idOf /registries ${name})"'`)}'
`
}
