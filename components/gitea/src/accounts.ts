import type { Resource } from '@openova/core'
import { adminEnv, apiJob } from './job.ts'

export const adminName = 'gitea_admin'

/** Whom both regions' syncs log in as on this side: an admin, since the repositories of all organisations are moved. */
export function mirrorUserJob({ domain, admin, password }: { domain: string; admin: string; password: string }): Resource {
  const user = `"email":"mirror@${domain}","password":'"$(quoted "$PASSWORD")"',"must_change_password":false`
  return apiJob('mirror-user', {
    env: { ...adminEnv(admin), PASSWORD: { secret: password, key: 'password' } },
    script: `exists /users/mirror || api POST /admin/users '{"username":"mirror",${user}}'
api PATCH /admin/users/mirror '{"source_id":0,"login_name":"mirror","admin":true,"prohibit_login":false,${user}}'
`,
  })
}
