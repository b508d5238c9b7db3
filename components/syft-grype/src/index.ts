import { bucket, defineComponent, secret, supply, template } from '@openova/core'
import { account, internalCa } from './access.ts'
import { scanJob } from './scan.ts'
import { values } from './values.ts'

export type { SyftGrypeValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** A bill of materials of every running image, and each day what is known against it: kept in MinIO, reported to the SIEM. */
export default defineComponent({
  name: 'syft-grype',
  tier: 'mandatory',
  category: 'supply-chain',
  budget: 'operations',
  namespace: 'syft-grype',
  values,

  network: ({ has }) => ({
    // Grype's database; and every registry that an image may come from, with where it keeps its layers.
    egress: [
      'grype.anchore.io:443',
      'mirror.gcr.io:443',
      'storage.googleapis.com:443',
      'auth.docker.io:443',
      'registry-1.docker.io:443',
      'production.cloudflare.docker.com:443',
      'docker-images-prod.*.r2.cloudflarestorage.com:443',
      'ghcr.io:443',
      'pkg-containers.githubusercontent.com:443',
      'quay.io:443',
      '*.quay.io:443',
      'registry.k8s.io:443',
      '*.pkg.dev:443',
      'prod-registry-k8s-io-*.s3.dualstack.*.amazonaws.com:443',
    ],
    apiServer: true,
    calls: [has('strimzi') ? { to: 'opentelemetry', ports: [8088] } : { to: 'opensearch', ports: [9200] }],
  }),
  metrics: [
    {
      name: 'Failed scans',
      expr: 'sum(kube_job_status_failed{job_name=~"sbom-scan.*"})',
      unit: 'scans',
      above: 0,
      for: '15m',
      action: 'Read the log of the pod, container by container: MinIO or OpenSearch did not take the results, or no image could be read.',
    },
    {
      name: 'Age of the last scan',
      expr: 'time() - max(kube_cronjob_status_last_successful_time{cronjob="sbom-scan"})',
      unit: 's',
      above: 172800,
      for: '1h',
      action: 'Run it by hand: `kubectl -n syft-grype create job --from=cronjob/sbom-scan sbom-scan-now`.',
    },
  ],
  privileges: [{ role: 'syft-grype-sbom-scan', reason: 'It lists the pods of all namespaces, to know which images run.' }],

  needs: ({ values: { registryLogin }, has }) => ({
    results: bucket({ name: 'sbom', replicated: true }),
    opensearch:
      !has('strimzi') &&
      secret('opensearch', { password: template('{{ .password }}') }, { path: 'region/opensearch/ingest', readOnly: true }),
    // Without it the scan goes on with what needs no login.
    registry:
      registryLogin &&
      secret(
        'registry',
        { 'config.json': supply('A `config.json` of Docker with a login for each registry that wants one') },
        { before: 'config' },
      ),
  }),

  before: () => [internalCa(), ...account()],
  install: ({ values, region, granted: { results, opensearch, registry } }) => [
    scanJob({ values, region: region.name, bucket: results, opensearch: opensearch?.secret, registry: registry?.secret }),
  ],
})
