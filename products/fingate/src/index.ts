import {
  cache,
  database,
  defineProduct,
  generate,
  meshService,
  platformCa,
  type Region,
  secret,
  supply,
  template,
  topic,
  use,
} from '@openova/core'
import keycloak from '@openova/keycloak'
import openmeter from '@openova/openmeter'
import { address, certificate, certificates, clientNames, loginCertificate, opening } from './entry.ts'
import { envoy } from './envoy.ts'
import { envoySecrets, hostsOf, namespace, portOf } from './names.ts'
import { realmImport } from './realm.ts'
import { http, sandbox, services } from './services.ts'
import { accessTopic, eventType, settings, usageTopic } from './settings.ts'
import { values } from './values.ts'
import { workload } from './workload.ts'

export type { FingateValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Envoy and Keycloak take them from namespaces of their own. */
const anchorsPath = 'supplied/fingate/eidas-anchors'

/** Open banking by PSD2 and FAPI: third parties with eIDAS certificates, consents, quota and metering. */
export default defineProduct({
  name: 'fingate',
  tier: 'product',
  category: 'open-banking',
  namespace,
  values,
  bundles: [
    use(keycloak, { mutualTls: { enabled: true, certificate: loginCertificate, anchors: 'eidas-anchors' } }),
    use(openmeter, {
      meters: [
        {
          slug: 'api_calls',
          description: 'Calls of the open banking API',
          eventType,
          aggregation: 'COUNT',
          valueProperty: '',
          groupBy: { endpoint: '$.endpoint', method: '$.method', status: '$.status_code' },
        },
      ],
    }),
  ],
  limits: { cpu: '7.5', memory: '10.5Gi' },

  network: ({
    values: {
      ocsp,
      bank,
      sandbox: { enabled },
    },
  }) => ({
    egress: [...ocsp, ...(!enabled && bank !== '' ? [`${new URL(bank).host}:443`] : [])],
    metrics: [http],
    calls: [
      { to: 'keycloak', ports: [8080, 8443] },
      { to: 'openmeter', ports: [80] },
    ],
    callsPeer: [
      { to: 'keycloak', ports: [8080, 8443] },
      { to: 'openmeter', ports: [80] },
    ],
  }),
  metrics: [
    {
      name: 'Calls of the API that failed',
      expr: '100 * sum(rate(open_banking_requests_total{status_code=~"5.."}[5m])) / sum(rate(open_banking_requests_total[5m]))',
      unit: '%',
      above: 5,
      for: '5m',
      action: 'Look at the label `endpoint`, then at the log of that API: its database, or the back end, does not answer.',
    },
    {
      name: 'Calls of the API',
      expr: 'sum by (endpoint) (rate(open_banking_requests_total[5m]))',
      unit: 'calls/s',
      for: '5m',
      action: 'None at all while third parties call: look at Envoy and at ext-authz.',
    },
    {
      name: 'Least credits that a third party has',
      expr: 'min by (tpp) (open_banking_credits_remaining)',
      unit: 'credits',
      below: 100,
      for: '5m',
      action: 'Tell the third party: at zero its calls are answered with 402 until it has credits again.',
    },
  ],

  needs: ({ values: { storage } }) => ({
    db: database({ name: 'fingate', scope: 'replicated', storage }),
    quota: cache({ scope: 'replicated' }),
    topics: topic({ writes: [{ name: accessTopic, hours: 720 }, { name: usageTopic }], reads: [usageTopic], group: 'fingate' }),
    signing: secret('signing', { key: generate(64) }, { scope: 'shared' }),
    anchors: secret('eidas-anchors', { 'ca.crt': supply(anchorsText) }, { path: anchorsPath }),
    envoyAnchors: secret('eidas-anchors', anchorsRead, { path: anchorsPath, namespace: envoySecrets, readOnly: true }),
    loginAnchors: secret('eidas-anchors', anchorsRead, { path: anchorsPath, namespace: 'keycloak', readOnly: true }),
    manager: secret('tpp-management', { clientSecret: generate(40) }, { scope: 'shared' }),
    loginManager: secret(
      'tpp-management',
      { clientSecret: template('{{ .clientSecret }}') },
      { scope: 'shared', namespace: 'keycloak', readOnly: true },
    ),
  }),

  check: ({
    values: {
      sandbox: { enabled },
      bank,
    },
  }) => [
    !enabled &&
      bank === '' && {
        at: 'bank',
        message: 'Unexpected empty address without the sandbox, expected the back end of the bank: the APIs have nothing to ask',
        fix: 'set `bank`, or leave the sandbox on',
      },
  ],

  before: ({ values, region, platform }) => [
    platformCa.certificate(`ext-authz.${namespace}.svc`),
    ...certificates(values.certificateIssuer, region, platform),
    opening(),
  ],
  install: ({ values, platform, region, peer, writeRegion, granted }) => {
    const { db, quota, topics, signing, anchors, manager } = granted
    const secrets = { db, quota, topics, signing: signing.secret, anchors: anchors.secret, manager: manager.secret }
    return [
      settings(values, {
        platform,
        region,
        db,
        quota,
        topics,
        login: `http://${peer ? loginService : 'keycloak-service'}.keycloak.svc:8080`,
        metering: `http://${peer ? meteringService : 'openmeter-api'}.openmeter.svc`,
        migrates: writeRegion('fingate') === region.name,
      }),
      ...(peer ? leading(region, writeRegion) : []),
      ...services.filter(({ name }) => name !== sandbox || values.sandbox.enabled).flatMap((service) => workload(service, values, secrets)),
    ]
  },
  config: ({ region, peer, platform, writeRegion, granted: { anchors, loginManager } }) => {
    const writer = peer && writeRegion('fingate') === peer.name ? peer : region
    return [
      envoy({
        hosts: { api: hostsOf('openbanking-api', region, platform).all, auth: hostsOf('openbanking-auth', region, platform).all },
        port: portOf(platform),
        certificate,
        anchors: anchors.secret,
        apis: services.filter(({ paths }) => paths !== undefined),
        login: { name: peer ? loginService : 'keycloak-service', namespace: 'keycloak', port: 8443 },
      }),
      ...address(region, platform),
      ...clientNames(region, writer, platform),
      writeRegion('keycloak') === region.name && realmImport({ platform, manager: loginManager.secret }),
    ]
  },
})

const anchorsRead = { 'ca.crt': template('{{ index . "ca.crt" }}') }
const anchorsText = 'PEM certificates of the authorities whose eIDAS certificates third parties may show, one after the other'

const loginService = 'openbanking-auth-write'
const meteringService = 'openmeter-api-write'

/** Keycloak and OpenMeter run in one region; these lead there from both. */
const leading = (region: Region, writeRegion: (service: 'keycloak' | 'openmeter') => string) => [
  meshService(
    loginService,
    {
      namespace: 'keycloak',
      selector: { app: 'keycloak', 'app.kubernetes.io/instance': 'keycloak' },
      ports: [
        { name: 'http', port: 8080 },
        { name: 'https', port: 8443 },
      ],
    },
    writeRegion('keycloak') === region.name,
  ),
  meshService(
    meteringService,
    {
      namespace: 'openmeter',
      selector: { 'app.kubernetes.io/instance': 'openmeter', 'app.kubernetes.io/component': 'api' },
      ports: [{ name: 'http', port: 80 }],
    },
    writeRegion('openmeter') === region.name,
  ),
]
