import { coreSchemas, objectMetaOf } from './core.ts'
import { standardChannel } from './gateway.ts'
import { checksumOf, runProgram } from './go.ts'
import { embedded, generated, type Source } from './source.ts'

const apache = 'Apache-2.0'
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
]

/** The metadata of every resource, before it is closed. */
export const objectMeta = () => objectMetaOf(runProgram(kubernetes, 'core'))
