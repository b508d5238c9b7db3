import { deployment, type Grant, type Release, release } from '@openova/core'
import { caVolume } from './certificates.ts'
import type { OpensearchValues } from './values.ts'

interface Options {
  account: string
  web: Grant<'host'>
  login: Grant<'client'> | undefined
}

/** The web interface; people log in with users of OpenSearch or, where it is chosen, at Keycloak. */
export function dashboards({ dashboards: { memory } }: OpensearchValues, { account, web, login }: Options): Release {
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
      config: { 'opensearch_dashboards.yml': settings(web, login) },
      extraVolumes: [caVolume],
      extraVolumeMounts: [{ name: 'ca', mountPath: '/usr/share/opensearch-dashboards/ca', readOnly: true }],
      // The Secret comes later than the pod, which must start without it: a place that nothing fills stays as it is written.
      extraEnvs: login && [
        { name: 'LOGIN_SECRET', valueFrom: { secretKeyRef: { name: login.secret, key: 'clientSecret', optional: true } } },
        { name: 'OPENID_CLIENT_SECRET', value: '$(LOGIN_SECRET)' },
      ],
      dashboardAnnotations: { 'secret.reloader.stakater.com/reload': login ? `${account},${login.secret}` : account },
      serviceAccount: { automountServiceAccountToken: false },
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: { allowPrivilegeEscalation: false },
    },
    // It does not start before Keycloak answers, and nothing else may wait for that.
    disableWait: login !== undefined,
  })
}

/** Its user and the key of its cookies come from the environment. */
const settings = ({ url }: Grant<'host'>, login: Grant<'client'> | undefined) => ({
  opensearch: {
    ssl: { verificationMode: 'full', certificateAuthorities: ['/usr/share/opensearch-dashboards/ca/ca.crt'] },
    requestHeadersAllowlist: ['authorization'],
  },
  opensearch_security: {
    multitenancy: { enabled: false },
    cookie: { secure: true, password: '${COOKIE_PASS}' },
    ...(login && {
      auth: { type: ['basicauth', 'openid'], multiple_auth_enabled: true },
      openid: {
        connect_url: `${login.internal}/.well-known/openid-configuration`,
        client_id: login.clientId,
        client_secret: '${OPENID_CLIENT_SECRET}',
        scope: 'openid profile email',
        base_redirect_url: url,
      },
    }),
  },
})
