import { coreSchemas, objectMetaOf } from './core.ts'
import { addNewerFields } from './external-secrets.ts'
import { withoutRequired } from './loosen.ts'
import { standardChannel } from './gateway.ts'
import { checksumOf, runProgram } from './go.ts'
import { clickhouse } from './hand/clickhouse.ts'
import { flink } from './hand/flink.ts'
import { fluxOperator } from './hand/flux-operator.ts'
import { hetzner } from './hand/hetzner.ts'
import { k8gb } from './hand/k8gb.ts'
import { keycloak } from './hand/keycloak.ts'
import { knative } from './hand/knative.ts'
import { kustomize } from './hand/kustomize.ts'
import { milvus } from './hand/milvus.ts'
import { minio } from './hand/minio.ts'
import { opentelemetry } from './hand/opentelemetry.ts'
import { stunner } from './hand/stunner.ts'
import { checksumOfJar, strimziCrds } from './maven.ts'
import { embedded, generated, readCrds, type Source, written } from './source.ts'

const apache = 'Apache-2.0'
const strimzi = '1.2.0'
const kubernetes = { module: 'k8s.io/kubernetes', version: 'v1.36.3' }

const flux = (controller: string, version: string, packages: readonly string[], major = ''): Source =>
  generated({ name: `flux-${controller}`, module: `github.com/fluxcd/${controller}/api${major}`, version, licence: apache, packages })

/** Where each schema comes from. Versions are those that the components install. */
export const sources: readonly Source[] = [
  {
    name: 'core',
    package: kubernetes.module,
    version: kubernetes.version,
    licence: apache,
    checksum: () => checksumOf(kubernetes),
    schemas: () => coreSchemas(runProgram(kubernetes, 'core')),
  },
  flux('source-controller', 'v1.9.4', ['v1']),
  flux('kustomize-controller', 'v1.9.4', ['v1']),
  flux('helm-controller', 'v1.6.3', ['v2']),
  flux('notification-controller', 'v1.9.3', ['v1', 'v1beta3']),
  flux('image-reflector-controller', 'v1.2.4', ['v1']),
  flux('image-automation-controller', 'v1.2.4', ['v1']),
  flux('source-watcher', 'v2.2.4', ['v1beta1'], '/v2'),
  generated({
    name: 'cert-manager',
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.1',
    licence: apache,
    packages: ['pkg/apis/certmanager/v1', 'pkg/apis/acme/v1'],
  }),
  generated({
    name: 'gateway-api',
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.6.1',
    licence: apache,
    packages: ['apis/v1', 'apis/v1beta1', 'apis/v1alpha2', 'apis/v1alpha3'],
    // Its channel is told from the descriptions.
    edit: standardChannel,
  }),
  embedded({ name: 'cilium', module: 'github.com/cilium/cilium', version: 'v1.20.0', licence: apache }),
  generated({
    name: 'cnpg',
    module: 'github.com/cloudnative-pg/cloudnative-pg',
    version: 'v1.30.0',
    licence: apache,
    packages: ['api/v1'],
  }),
  generated({
    name: 'barman-cloud',
    module: 'github.com/cloudnative-pg/plugin-barman-cloud',
    version: 'v0.13.0',
    licence: apache,
    packages: ['api/v1'],
  }),
  generated({
    name: 'vpa',
    module: 'k8s.io/autoscaler/vertical-pod-autoscaler',
    version: 'v1.7.1',
    licence: apache,
    packages: ['pkg/apis/autoscaling.k8s.io/v1'],
    // Checkpoints, which only the recommender writes, have a map of numbers.
    skip: /Checkpoint$/,
    tolerate: 'map keys must be strings, not int',
  }),
  generated({
    name: 'crossplane',
    module: 'github.com/crossplane/crossplane/apis/v2',
    version: 'v2.3.4',
    licence: apache,
    packages: ['apiextensions/...', 'pkg/...', 'ops/...', 'protection/...'],
    embedMeta: true,
    skip: /Revision$|Lock$|^meta\./,
  }),
  embedded({ name: 'velero', module: 'github.com/vmware-tanzu/velero', version: 'v1.18.1', licence: apache }),
  embedded({ name: 'kyverno', module: 'github.com/kyverno/kyverno', version: 'v1.19.0', licence: apache, skip: /^cli\./ }),
  generated({
    name: 'snapshot',
    module: 'github.com/kubernetes-csi/external-snapshotter/client/v8',
    version: 'v8.6.0',
    licence: apache,
    packages: ['apis/volumesnapshot/v1'],
  }),
  generated({
    name: 'k3s',
    module: 'github.com/k3s-io/helm-controller',
    version: 'v0.17.1',
    licence: apache,
    packages: ['pkg/apis/helm.cattle.io/v1'],
  }),
  generated({
    name: 'external-dns',
    module: 'sigs.k8s.io/external-dns',
    version: 'v0.21.0',
    licence: apache,
    packages: ['apis/v1alpha1'],
  }),
  generated({
    name: 'external-secrets',
    module: 'github.com/external-secrets/external-secrets',
    version: 'v0.16.2',
    licence: apache,
    packages: ['apis/externalsecrets/v1', 'apis/externalsecrets/v1alpha1', 'apis/generators/v1alpha1'],
    edit: addNewerFields,
  }),
  generated({
    name: 'keda',
    module: 'github.com/kedacore/keda/v2',
    version: 'v2.20.2',
    licence: apache,
    packages: ['apis/keda/v1alpha1', 'apis/eventing/v1alpha1'],
    embedMeta: true,
    skip: /WithTriggers$/,
  }),
  generated({
    name: 'litmus',
    module: 'github.com/litmuschaos/chaos-operator',
    version: 'v0.0.0-20230718113617-6819a4be12e4',
    licence: apache,
    packages: ['api/litmuschaos/v1alpha1'],
    // Its CRDs are written by hand upstream and require next to nothing.
    edit: withoutRequired,
  }),
  generated({
    name: 'sigstore',
    module: 'github.com/sigstore/policy-controller',
    version: 'v0.13.1',
    licence: apache,
    packages: ['pkg/apis/policy/v1alpha1', 'pkg/apis/policy/v1beta1'],
    // Which version is stored does not matter here.
    tolerate: 'has no storage version',
    // Its CRDs come from Knative's generator, which requires nothing.
    edit: withoutRequired,
  }),
  generated({
    name: 'kserve',
    module: 'github.com/kserve/kserve',
    version: 'v0.20.0',
    licence: apache,
    packages: ['pkg/apis/serving/v1alpha1', 'pkg/apis/serving/v1beta1'],
    skip: /LLM|InferenceGraph|LocalModel|TrainedModel/,
  }),
  generated({
    name: 'knative-operator',
    module: 'knative.dev/operator',
    version: 'v0.50.0',
    licence: apache,
    packages: ['pkg/apis/operator/v1beta1'],
  }),
  {
    name: 'strimzi',
    package: `io.strimzi:api`,
    version: strimzi,
    licence: apache,
    checksum: () => checksumOfJar(`io.strimzi:api:${strimzi}`),
    schemas: () =>
      readCrds(
        strimziCrds(strimzi, [
          'kafka.Kafka',
          'nodepool.KafkaNodePool',
          'topic.KafkaTopic',
          'user.KafkaUser',
          'connect.KafkaConnect',
          'connector.KafkaConnector',
          'mirrormaker2.KafkaMirrorMaker2',
          'rebalance.KafkaRebalance',
        ]),
      ),
  },
  written('flux-operator', '0.58.1', fluxOperator),
  written('kustomize', '5.8', kustomize),
  written('hetzner', '0.2.1', hetzner),
  written('minio', '0.4.4', minio),
  written('k8gb', '0.20.0', k8gb),
  written('stunner', '1.2.0', stunner),
  written('opentelemetry', '0.158.0', opentelemetry),
  written('milvus', '1.3.8', milvus),
  written('flink', '1.15.0', flink),
  written('keycloak', '26.6.4', keycloak),
  written('clickhouse', '0.25.6', clickhouse),
  written('knative', '1.23.0', knative),
]

/** The metadata of every resource, before it is closed. */
export const objectMeta = () => objectMetaOf(runProgram(kubernetes, 'core'))
