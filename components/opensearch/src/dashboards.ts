import { deployment, type Release, release } from '@openova/core'
import { caVolume } from './certificates.ts'
import type { OpensearchValues } from './values.ts'

/** The web interface; people log in with users of OpenSearch. */
export function dashboards({ dashboards: { memory } }: OpensearchValues, account: string): Release {
  return release('opensearch-dashboards', {
    chart: { name: 'opensearch-dashboards', repository: 'https://opensearch-project.github.io/helm-charts/', version: '3.6.0' },
    workloads: [
      deployment('opensearch-dashboards', {
        at: { replicas: 'replicaCount', resources: 'resources' },
        replicas: 1,
        cpu: '50m',
        memory,
        memoryLimit: '1Gi',
      }),
    ],
    values: {
      fullnameOverride: 'opensearch-dashboards',
      image: { repository: 'docker.io/opensearchproject/opensearch-dashboards' },
      opensearchHosts: 'https://opensearch.opensearch.svc:9200',
      opensearchAccount: { secret: account },
      config: { 'opensearch_dashboards.yml': settings },
      extraVolumes: [caVolume],
      extraVolumeMounts: [{ name: 'ca', mountPath: '/usr/share/opensearch-dashboards/ca', readOnly: true }],
      dashboardAnnotations: { 'secret.reloader.stakater.com/reload': account },
      serviceAccount: { automountServiceAccountToken: false },
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: { allowPrivilegeEscalation: false },
    },
  })
}

/** Its user and the key of its cookies come from the environment. */
const settings = {
  opensearch: {
    ssl: { verificationMode: 'full', certificateAuthorities: ['/usr/share/opensearch-dashboards/ca/ca.crt'] },
    requestHeadersAllowlist: ['authorization'],
  },
  opensearch_security: {
    multitenancy: { enabled: false },
    cookie: { secure: true, password: '${COOKIE_PASS}' },
  },
}
