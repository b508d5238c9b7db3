import { type Grant, job, type Resource, resource, toolImages } from '@openova/core'
import type { IcebergValues } from './values.ts'

/** For whom a token must be; pods have one by a projected volume. */
export const audience = 'iceberg'

const name = 'warehouse'

/**
 * Opens the catalog once, makes the warehouse, and gives it the credential of this region's MinIO, which is another after a switch.
 * It may run again at any time, and does after every change of its script.
 */
export function warehouse(values: IcebergValues, tables: Grant<'bucket'>): Resource[] {
  const key = (variable: string, part: string) => ({ name: variable, valueFrom: { secretKeyRef: { name: tables.secret, key: part } } })
  return [
    resource('v1/ServiceAccount', name, { automountServiceAccountToken: false }),
    resource('batch/v1/Job', name, {
      annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
      workloads: [job(name, { replicas: 1, cpu: '10m', memory: '32Mi' })],
      spec: {
        backoffLimit: 20,
        template: {
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            restartPolicy: 'OnFailure',
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 100,
              runAsGroup: 101,
              fsGroup: 101,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name,
                image: toolImages.curl,
                command: ['/bin/sh', '-euc', script(values, tables)],
                env: [key('ACCESS_KEY', 'accessKey'), key('SECRET_KEY', 'secretKey')],
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                volumeMounts: [{ name: 'token', mountPath: '/token', readOnly: true }],
              },
            ],
            volumes: [
              { name: 'token', projected: { sources: [{ serviceAccountToken: { audience, path: 'token', expirationSeconds: 3600 } }] } },
            ],
          },
        },
      },
    }),
  ]
}

function script({ warehouse: warehouseName, keepDroppedDays }: IcebergValues, { endpoint, bucket }: Grant<'bucket'>): string {
  const profile = {
    type: 's3',
    bucket,
    'key-prefix': warehouseName,
    endpoint,
    region: 'us-east-1',
    'path-style-access': true,
    flavor: 's3-compat',
    'sts-enabled': true,
  }
  const dropped = keepDroppedDays === 0 ? { type: 'hard' } : { type: 'soft', 'expiration-seconds': 86_400 * keepDroppedDays }
  return `api() {
  curl --silent --show-error --fail-with-body --header "Authorization: Bearer $(cat /token/token)" --header 'Content-Type: application/json' \\
    --request "$1" "http://lakekeeper.iceberg.svc:8181/management/v1/$2" \${3:+--data "$3"}
  echo
}
storage='"storage-profile":${JSON.stringify(profile)},'
storage=$storage'"storage-credential":{"type":"s3","credential-type":"access-key","access-key-id":"'$ACCESS_KEY'","secret-access-key":"'$SECRET_KEY'"}'
dropped='"delete-profile":${JSON.stringify(dropped)}'
until info=$(api GET info); do echo 'waiting for lakekeeper'; sleep 5; done
case $info in
  *'"bootstrapped":true'*) ;;
  *) api POST bootstrap '{"accept-terms-of-use":true,"is-operator":true}' ;;
esac
id=$(api GET warehouse | tr '{' '\\n' | grep '"name":"${warehouseName}"' | grep -o '"warehouse-id":"[^"]*"' | cut -d '"' -f 4)
if [ -z "$id" ]; then
  api POST warehouse '{"warehouse-name":"${warehouseName}",'"$storage,$dropped}"
else
  api POST "warehouse/$id/storage" "{$storage}"
  api POST "warehouse/$id/delete-profile" "{$dropped}"
fi
`
}
