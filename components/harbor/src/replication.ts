import type { Resource } from '@openova/core'
import { adminEnv, apiJob } from './job.ts'

interface Replication {
  peer: string
  /** Where clients reach the peer's Harbor: it accepts tokens for that address only. */
  url: string
  projects: readonly string[]
  secrets: { admin: string; guest: string; ours: string }
}

/** Lets the other region's robot in, and sends every push of an own project there; deletions stay where they are made. */
export function replicationJob({ peer, url, projects, secrets }: Replication): Resource {
  const endpoint = { name: peer, type: 'harbor', url, insecure: false }
  const credential = { type: 'basic', access_key: 'robot$replication', access_secret: secretMark }
  const policy = {
    name: `to-${peer}`,
    dest_registry: { id: idMark },
    trigger: { type: 'event_based' },
    filters: [{ type: 'name', value: `{${projects.join(',')}}/**` }],
    deletion: false,
    override: true,
    enabled: true,
  }
  return apiJob('replication', {
    env: {
      ...adminEnv(secrets.admin),
      GUEST_SECRET: { secret: secrets.guest, key: 'secret' },
      OUR_SECRET: { secret: secrets.ours, key: 'secret' },
    },
    script: `robot=$(idOf /robots 'robot$replication')
if [ -z "$robot" ]; then
  api POST /robots '${JSON.stringify(robot)}' >/dev/null
  robot=$(idOf /robots 'robot$replication')
fi
api PATCH "/robots/$robot" '{"secret":"'"$GUEST_SECRET"'"}'

registry=$(idOf /registries ${peer})
if [ -z "$registry" ]; then
  api POST /registries '${fill({ ...endpoint, credential })}'
  registry=$(idOf /registries ${peer})
else
  api PUT "/registries/$registry" '${fill({ url, insecure: false, credential_type: 'basic', access_key: 'robot$replication', access_secret: secretMark })}'
fi
ensure /replication/policies to-${peer} '${fill(policy)}'
`,
  })
}

/** May write images of every project, make those that are missing, and do nothing else. */
const robot = {
  name: 'replication',
  level: 'system',
  duration: -1,
  permissions: [
    { kind: 'system', namespace: '/', access: [access('project', 'list'), access('project', 'create')] },
    {
      kind: 'project',
      namespace: '*',
      access: [
        access('project', 'read'),
        access('repository', 'list'),
        access('repository', 'pull'),
        access('repository', 'push'),
        access('artifact', 'list'),
        access('artifact', 'read'),
        access('tag', 'list'),
        access('tag', 'create'),
      ],
    },
  ],
}

function access(resource: string, action: string) {
  return { resource, action }
}

// Places in the JSON where the shell puts what is known only there.
const secretMark = 'OUR-SECRET'
const idMark = 'REGISTRY-ID'
const fill = (body: object) => JSON.stringify(body).replace(secretMark, `'"$OUR_SECRET"'`).replace(`"${idMark}"`, `'"$registry"'`)
