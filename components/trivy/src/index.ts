import { defineComponent, deployment, job, release } from '@openova/core'
import { trivyValues } from './helm-values.ts'
import { values } from './values.ts'

export type { TrivyValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Scans what runs for vulnerabilities, exposed secrets and bad configuration; its reports go into the SIEM. */
export default defineComponent({
  name: 'trivy',
  tier: 'mandatory',
  category: 'security',
  budget: 'security',
  namespace: 'trivy',
  values,

  provides: { 'aquasecurity.github.io': 'install' },
  network: {
    // Its databases and checks; and every registry that an image may come from, with where it keeps its layers.
    egress: [
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
    metrics: [8080],
  },
  metrics: [
    {
      name: 'Critical vulnerabilities',
      expr: 'sum by (namespace) (trivy_image_vulnerabilities{severity="Critical"})',
      unit: 'findings',
      above: 0,
      for: '24h',
      action: 'List them with `kubectl get vulnerabilityreports -A`, and take a newer image.',
    },
    {
      name: 'Exposed secrets',
      expr: 'sum by (namespace) (trivy_image_exposedsecrets{severity=~"Critical|High"})',
      unit: 'findings',
      above: 0,
      for: '1h',
      action: 'An image holds a key: replace the key first, then the image.',
    },
  ],
  privileges: [
    { role: 'trivy-operator', reason: 'It reads the workloads and roles of all namespaces, and writes its reports beside them.' },
  ],

  releases: ({ values }) => [
    release('trivy-operator', {
      chart: { name: 'trivy-operator', repository: 'https://aquasecurity.github.io/helm-charts/', version: '0.34.0' },
      workloads: [
        deployment('trivy-operator', {
          at: { replicas: 'operator.replicas', resources: 'resources' },
          replicas: 1,
          cpu: '50m',
          memory: values.memory,
          memoryLimit: '512Mi',
        }),
        job('scan-vulnerabilityreport', {
          at: { resources: 'trivy.resources' },
          replicas: 1,
          cpu: '100m',
          memory: values.scanMemory,
          memoryLimit: '1Gi',
        }),
      ],
      values: trivyValues(values),
    }),
  ],
})
