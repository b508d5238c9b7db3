import { type Grant, type Part, platformCa } from '@openova/core'
import type { FlinkValues } from './values.ts'

type Pod = Part<'flink.apache.org/v1beta1/FlinkDeployment', 'spec.podTemplate'>

/** What jobs read and write. */
export interface Stores {
  state: Grant<'bucket'>
  kafka?: Grant<'topic'>
  clickhouse?: Grant<'analytics'>
  /** Whether there is a catalog of Iceberg tables. */
  iceberg: boolean
}

/** Of job and task managers; the operator adds the rest to the main container. */
export function podTemplate(image: FlinkValues['image'], stores: Stores): Pod {
  return {
    metadata: { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9249' } },
    spec: {
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 9999,
        runAsGroup: 9999,
        fsGroup: 9999,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      initContainers: [trust(`${image.repository}:${image.tag}`)],
      containers: [
        {
          name: 'flink-main-container',
          env: environment(image, stores),
          securityContext: closed,
          volumeMounts: [
            { name: 'trust', mountPath: '/trust', readOnly: true },
            ...(stores.iceberg ? [{ name: 'iceberg', mountPath: '/iceberg', readOnly: true }] : []),
          ],
        },
      ],
      volumes: [{ name: 'trust', emptyDir: {} }, platformCa.volume, ...(stores.iceberg ? [icebergToken] : [])],
    },
  }
}

const closed = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }

/** Says to the catalog who calls; it is another one every hour, so whoever uses it reads the file each time. */
const icebergToken = {
  name: 'iceberg',
  projected: { sources: [{ serviceAccountToken: { audience: 'iceberg', path: 'token', expirationSeconds: 3600 } }] },
}

/** The platform CA beside those that Java knows. */
const trust = (image: string) => ({
  name: 'trust',
  image,
  command: [
    '/bin/sh',
    '-euc',
    `cp "$JAVA_HOME/lib/security/cacerts" /trust/cacerts
chmod u+w /trust/cacerts
keytool -importcert -noprompt -keystore /trust/cacerts -storepass changeit -alias platform-ca -file ${platformCa.file}
`,
  ],
  resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
  securityContext: closed,
  volumeMounts: [{ name: 'trust', mountPath: '/trust' }, platformCa.mount],
})

function environment({ tag }: FlinkValues['image'], { state, kafka, clickhouse, iceberg }: Stores) {
  const version = tag.split('-')[0]
  const value = (name: string, text: string | number) => ({ name, value: String(text) })
  const from = (name: string, secret: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } })
  return [
    value('ENABLE_BUILT_IN_PLUGINS', `flink-s3-fs-presto-${version}.jar`),
    from('AWS_ACCESS_KEY_ID', state.secret, 'AWS_ACCESS_KEY_ID'),
    from('AWS_SECRET_ACCESS_KEY', state.secret, 'AWS_SECRET_ACCESS_KEY'),
    ...(kafka
      ? [
          value('KAFKA_BOOTSTRAP', kafka.bootstrap),
          value('KAFKA_GROUP', kafka.group),
          value('KAFKA_USERNAME', kafka.username),
          from('KAFKA_PASSWORD', kafka.secret, 'password'),
        ]
      : []),
    ...(clickhouse
      ? [
          value('CLICKHOUSE_HOST', clickhouse.host),
          value('CLICKHOUSE_HTTP_PORT', clickhouse.httpPort),
          value('CLICKHOUSE_CLUSTER', clickhouse.cluster),
          value('CLICKHOUSE_DATABASE', clickhouse.database),
          value('CLICKHOUSE_USERNAME', clickhouse.username),
          from('CLICKHOUSE_PASSWORD', clickhouse.secret, 'password'),
        ]
      : []),
    ...(iceberg ? [value('ICEBERG_URI', 'http://lakekeeper.iceberg.svc:8181/catalog'), value('ICEBERG_TOKEN_FILE', '/iceberg/token')] : []),
  ]
}
