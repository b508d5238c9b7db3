/** Who may do what in OpenBao, in the policies of one region; `peer` is there with two regions. */
export function policies(region: string, peer: string | undefined): Record<string, string> {
  return {
    'external-secrets': [
      allow('secret/data/*', 'read'),
      allow('secret/metadata/*', 'read', 'list'),
      ...write(`region/*`),
      ...write(`shared/${region}/*`),
    ].join(''),
    ...(peer && { peer: [...write(`shared/${peer}/*`), ...write(`from-${peer}/*`)].join('') }),
    snapshot: allow('sys/storage/raft/snapshot', 'read'),
    // A person, by `kubectl create token openbao-admin`.
    admin: [
      allow('secret/*', 'create', 'read', 'update', 'delete', 'list'),
      allow('auth/*', 'create', 'read', 'update', 'delete', 'list', 'sudo'),
      allow('sys/*', 'create', 'read', 'update', 'delete', 'list', 'sudo'),
    ].join(''),
    // What the setup Job repeats after the root token is gone.
    setup: [
      allow('sys/mounts', 'read'),
      allow('sys/mounts/secret', 'create', 'read', 'update'),
      allow('sys/auth', 'read'),
      allow('sys/auth/*', 'create', 'read', 'update', 'sudo'),
      allow('sys/policies/acl/*', 'create', 'read', 'update'),
      allow('auth/kubernetes/*', 'create', 'read', 'update'),
      allow('auth/cert/*', 'create', 'read', 'update'),
      allow('sys/storage/raft/configuration', 'read', 'sudo'),
    ].join(''),
  }
}

/** External Secrets marks what it wrote in the metadata, so that it never overwrites what a person wrote. */
const write = (path: string): string[] => ['data', 'metadata'].map((part) => allow(`secret/${part}/${path}`, 'create', 'read', 'update'))

function allow(path: string, ...capabilities: string[]): string {
  return `path "${path}" { capabilities = [${capabilities.map((one) => `"${one}"`).join(', ')}] }\n`
}
