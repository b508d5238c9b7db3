import { type Grant, parseMemory, type Platform, type Release, release, statefulSet } from '@openova/core'
import { adminName, caVolume, nodeNames, nodeSecret } from './certificates.ts'
import { securityConfig } from './security.ts'
import type { OpensearchValues } from './values.ts'

const version = '3.6.0'
const home = '/usr/share/opensearch'
const repository = 'docker.io/opensearchproject/opensearch'
export const serverImage = `${repository}:${version}`

interface NodeOptions {
  platform: Platform
  snapshots: Grant<'bucket'>
}

/** The cluster: every node holds data and may lead. */
export function nodes({ replicas, storage, cpu, memory }: OpensearchValues, { platform, snapshots }: NodeOptions): Release {
  const heap = `${Math.floor(parseMemory(memory) / 2 ** 21)}m`
  return release('opensearch', {
    chart: { name: 'opensearch', repository: 'https://opensearch-project.github.io/helm-charts/', version },
    workloads: [statefulSet('opensearch', { at: '', replicas, cpu, memory, volume: storage, spread: 'required' })],
    values: {
      fullnameOverride: 'opensearch',
      clusterName: 'opensearch',
      masterService: 'opensearch',
      image: { repository },
      singleNode: replicas === 1,
      antiAffinity: 'hard',
      opensearchJavaOpts: `-Xms${heap} -Xmx${heap} -Djavax.net.ssl.trustStore=${home}/config/trust/cacerts`,
      enableServiceLinks: false,
      config: { 'opensearch.yml': settings(nodeNames(platform), snapshots) },
      // Users and roles are made by the setup Job; the image's own, whose passwords all the world knows, never exist.
      securityConfig: { config: { data: securityFiles } },
      extraEnvs: [{ name: 'DISABLE_INSTALL_DEMO_CONFIG', value: 'true' }],
      secretMounts: [{ name: 'tls', secretName: nodeSecret, path: `${home}/config/tls` }],
      keystore: [{ secretName: snapshots.secret }],
      persistence: { size: storage, enableInitChown: false },
      extraInitContainers: [prepare],
      extraVolumes: [caVolume, { name: 'trust', emptyDir: {} }],
      extraVolumeMounts: [
        { name: 'trust', mountPath: `${home}/config/trust`, readOnly: true },
        { name: 'opensearch', mountPath: `${home}/plugins/repository-s3`, subPath: `plugins/repository-s3-${version}`, readOnly: true },
      ],
      initResources: { requests: { cpu: '10m', memory: '256Mi' }, limits: { memory: '768Mi' } },
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: { allowPrivilegeEscalation: false },
    },
    timeout: 30,
    keep: true,
  })
}

/** Snapshots to S3 are a plugin that the image lacks: fetched once a version and kept on the volume. MinIO is known by the platform CA. */
const prepare = {
  name: 'prepare',
  image: serverImage,
  command: [
    '/bin/bash',
    '-euc',
    `plugin=/data/plugins/repository-s3-${version}
if [ ! -e "$plugin/plugin-descriptor.properties" ]; then
  ${home}/bin/opensearch-plugin install --batch repository-s3
  rm -rf "$plugin.new" "$plugin"
  mkdir -p "$plugin.new"
  cp -r ${home}/plugins/repository-s3/. "$plugin.new"
  mv "$plugin.new" "$plugin"
fi
cp ${home}/jdk/lib/security/cacerts /trust/cacerts
chmod u+w /trust/cacerts
${home}/jdk/bin/keytool -importcert -noprompt -keystore /trust/cacerts -storepass changeit -alias platform-ca -file /ca/ca.crt
`,
  ],
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 1000 },
  resources: { requests: { cpu: '10m', memory: '256Mi' }, limits: { memory: '768Mi' } },
  volumeMounts: [
    { name: 'opensearch', mountPath: '/data' },
    { name: 'trust', mountPath: '/trust' },
    { name: 'ca', mountPath: '/ca', readOnly: true },
  ],
}

function settings(nodesDn: readonly string[], { endpoint }: { endpoint: string }): string {
  const ssl = (layer: 'transport' | 'http') => ({
    [`plugins.security.ssl.${layer}.pemcert_filepath`]: 'tls/tls.crt',
    [`plugins.security.ssl.${layer}.pemkey_filepath`]: 'tls/tls.key',
    [`plugins.security.ssl.${layer}.pemtrustedcas_filepath`]: 'tls/ca.crt',
  })
  return asYaml({
    ...ssl('transport'),
    // Nodes call each other by address, which no certificate names; they are known by their subject.
    'plugins.security.ssl.transport.enforce_hostname_verification': false,
    'plugins.security.nodes_dn': nodesDn,
    ...ssl('http'),
    'plugins.security.ssl.http.enabled': true,
    'plugins.security.ssl.certificates_hot_reload.enabled': true,
    'plugins.security.allow_default_init_securityindex': true,
    'plugins.security.authcz.admin_dn': [adminName],
    'plugins.security.restapi.roles_enabled': ['all_access'],
    'plugins.security.enable_snapshot_restore_privilege': true,
    'plugins.security.check_snapshot_restore_write_privileges': true,
    'plugins.security.system_indices.enabled': true,
    // Without mapped files, nodes of the cluster need no raised vm.max_map_count.
    'node.store.allow_mmap': false,
    's3.client.default.endpoint': new URL(endpoint).host,
    's3.client.default.protocol': 'https',
    's3.client.default.path_style_access': true,
    's3.client.default.region': 'us-east-1',
  })
}

const asYaml = (lines: Record<string, unknown>) =>
  Object.entries(lines)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('')

const securityFile = (type: string, content: object = {}) =>
  `${JSON.stringify({ _meta: { type, config_version: 2 }, ...content }, undefined, 2)}\n`

/** What the security index begins with. */
const securityFiles = {
  'config.yml': `${JSON.stringify(securityConfig(), undefined, 2)}\n`,
  'internal_users.yml': securityFile('internalusers'),
  'roles.yml': securityFile('roles'),
  'roles_mapping.yml': securityFile('rolesmapping'),
  'action_groups.yml': securityFile('actiongroups'),
  'tenants.yml': securityFile('tenants'),
}
