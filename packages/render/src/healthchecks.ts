import { compareText, type PlacedResource } from '@openova/core'

/** CEL over the object: when Flux may go on, and where nothing will come of waiting. */
interface HealthCheck {
  current: string
  failed?: string
}

/**
 * Kinds whose readiness Flux cannot tell by itself: it takes an object without conditions, or with conditions it does not know, for ready at once.
 * Only what cannot heal by itself is `failed`: a condition that is false may be true in a minute.
 */
const healthChecks: Readonly<Record<string, HealthCheck>> = {
  'apiextensions.crossplane.io/CompositeResourceDefinition': isTrue('Established'),
  'cert-manager.io/Certificate': isTrue('Ready'),
  'cert-manager.io/ClusterIssuer': isTrue('Ready'),
  'cert-manager.io/Issuer': isTrue('Ready'),
  'clickhouse-keeper.altinity.com/ClickHouseKeeperInstallation': completed(),
  'clickhouse.altinity.com/ClickHouseInstallation': completed(),
  'external-secrets.io/ClusterSecretStore': isTrue('Ready'),
  'external-secrets.io/ExternalSecret': isTrue('Ready'),
  'external-secrets.io/PushSecret': isTrue('Ready'),
  'external-secrets.io/SecretStore': isTrue('Ready'),
  'flink.apache.org/FlinkDeployment': { current: "has(status.jobManagerDeploymentStatus) && status.jobManagerDeploymentStatus == 'READY'" },
  'flink.apache.org/FlinkSessionJob': {
    current: "has(status.jobStatus) && has(status.jobStatus.state) && status.jobStatus.state in ['RUNNING', 'FINISHED']",
  },
  'fluxcd.controlplane.io/FluxInstance': { ...isTrue('Ready'), failed: condition('Stalled', 'True') },
  // The internal Gateway has no address, so it is never programmed.
  'gateway.networking.k8s.io/Gateway': {
    current: `${condition('Accepted', 'True')} && (metadata.name == 'internal' || ${condition('Programmed', 'True')})`,
  },
  'gateway.networking.k8s.io/GatewayClass': isTrue('Accepted'),
  'k8s.keycloak.org/Keycloak': isTrue('Ready'),
  'k8s.keycloak.org/KeycloakRealmImport': isTrue('Done'),
  'kafka.strimzi.io/Kafka': isTrue('Ready'),
  'kafka.strimzi.io/KafkaConnect': isTrue('Ready'),
  // Where Connect has no pods, a connector is never ready, nor is it meant to be.
  'kafka.strimzi.io/KafkaConnector': { current: `has(spec.state) && spec.state == 'stopped' || ${condition('Ready', 'True')}` },
  'kafka.strimzi.io/KafkaTopic': isTrue('Ready'),
  'kafka.strimzi.io/KafkaUser': isTrue('Ready'),
  'milvus.io/Milvus': isTrue('MilvusReady'),
  'operator.knative.dev/KnativeServing': isTrue('Ready'),
  'pkg.crossplane.io/Function': isTrue('Installed', 'Healthy'),
  'pkg.crossplane.io/Provider': isTrue('Installed', 'Healthy'),
  'postgresql.cnpg.io/Cluster': isTrue('Ready'),
  'postgresql.cnpg.io/Database': { current: 'has(status.applied) && status.applied' },
  'postgresql.cnpg.io/DatabaseRole': { current: 'has(status.applied) && status.applied' },
  'serving.kserve.io/InferenceService': isTrue('Ready'),
  'velero.io/BackupStorageLocation': { current: "has(status.phase) && status.phase == 'Available'" },
  'velero.io/Schedule': {
    current: "has(status.phase) && status.phase == 'Enabled'",
    failed: "has(status.phase) && status.phase == 'FailedValidation'",
  },
}

/** The checks that a stage's objects call for, by kind. */
export function healthChecksOf(resources: readonly PlacedResource[]): object[] {
  const kinds = new Map(resources.map(({ apiVersion, kind }) => [`${apiVersion}/${kind}`, { apiVersion, kind }]))
  return [...kinds.values()]
    .toSorted((a, b) => compareText(`${a.apiVersion}/${a.kind}`, `${b.apiVersion}/${b.kind}`))
    .flatMap(({ apiVersion, kind }) => {
      const check = healthChecks[`${apiVersion.split('/')[0]}/${kind}`]
      return check ? [{ apiVersion, kind, ...check }] : []
    })
}

function isTrue(...types: string[]): HealthCheck {
  return { current: types.map((type) => condition(type, 'True')).join(' && ') }
}

/** Altinity's operator has no conditions. */
function completed(): HealthCheck {
  return { current: "has(status.status) && status.status == 'Completed'" }
}

function condition(type: string, status: 'True' | 'False'): string {
  return `has(status.conditions) && status.conditions.exists(e, e.type == '${type}' && e.status == '${status}')`
}
