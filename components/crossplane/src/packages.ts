import { deployment, type Platform, type Resource, resource, type Workload } from '@openova/core'
import type { CrossplaneValues } from './values.ts'

type Cloud = Platform['provider']

/** Provider packages of a cloud, each with registry and tag; its managed resources by the names of their definitions. */
interface CloudPackages {
  packages: readonly string[]
  /** Every active definition is a CRD of some 3 MiB in the API server. */
  activates: readonly string[]
}

const hetzner = (group: string, kinds: readonly string[]) => kinds.map((kind) => `${kind}.${group}.hetzner.m.crossplane.io`)

/** All but Hetzner's are a preview: the packages are installed, nothing is made of them yet. */
export const clouds: Readonly<Record<Cloud, CloudPackages>> = {
  hetzner: {
    packages: ['ghcr.io/hipervincle/provider-hetzner:v0.2.1'],
    activates: [
      ...hetzner('network', ['networks', 'subnets', 'firewalls']),
      ...hetzner('server', ['servers', 'placementgroups', 'sshkeys']),
      ...hetzner('loadbalancer', ['loadbalancers', 'loadbalancerservices', 'loadbalancertargets', 'networkattachments']),
    ],
  },
  huawei: { packages: ['xpkg.upbound.io/huaweicloud/provider-huaweicloud:v0.1.0'], activates: ['*'] },
  oci: { packages: ['ghcr.io/oracle-samples/provider-family-oci:v0.0.1-alpha.1-amd64'], activates: ['*'] },
  aws: {
    packages: ['family-aws', 'aws-ec2', 'aws-s3'].map((name) => `xpkg.crossplane.io/crossplane-contrib/provider-${name}:v2.7.0`),
    activates: ['*'],
  },
  gcp: {
    packages: ['family-gcp', 'gcp-storage'].map((name) => `xpkg.crossplane.io/crossplane-contrib/provider-${name}:v3.0.0`),
    activates: ['*'],
  },
  azure: {
    packages: ['family-azure', 'azure-network'].map((name) => `xpkg.crossplane.io/crossplane-contrib/provider-${name}:v2.7.0`),
    activates: ['*'],
  },
}

const minio = 'ghcr.io/vshn/provider-minio:v0.4.4'
export const patchAndTransform = 'function-patch-and-transform'
const caSecret = 'internal-ca'

/** The cloud's provider, that of the platform's own object storage, and the function that fills in templates. */
export function packages(cloud: Cloud, { providerMemory, providerPackage, driftInterval }: CrossplaneValues): Resource[] {
  const { packages: usual, activates } = clouds[cloud]
  return [
    // Provider objects name a family's members apart: their dependency would take the newest.
    ...(providerPackage === '' ? usual : [providerPackage]).flatMap((image) =>
      installed('Provider', image, { memory: providerMemory, args: [`--poll=${driftInterval}`] }),
    ),
    resource('apiextensions.crossplane.io/v1alpha1/ManagedResourceActivationPolicy', cloud, { spec: { activate: activates } }),
    certificate(),
    ...installed('Provider', minio, { memory: '64Mi', ca: true }),
    ...installed('Function', `xpkg.crossplane.io/crossplane-contrib/${patchAndTransform}:v0.10.8`, { memory: '32Mi' }),
  ]
}

interface Runtime {
  memory: string
  args?: readonly string[]
  /** Trusts the platform CA. */
  ca?: boolean
}

/** The package, and the Deployment that Crossplane makes of it: only here can its size be said. */
function installed(kind: 'Provider' | 'Function', image: string, runtime: Runtime): Resource[] {
  const name = nameOf(image)
  const workload = deployment(name, {
    at: { replicas: `${deploymentPath}.replicas`, resources: `${deploymentPath}.template.spec.containers.0.resources` },
    replicas: 1,
    cpu: kind === 'Provider' ? '50m' : '10m',
    memory: runtime.memory,
    memoryLimit: '512Mi',
  })
  const spec = {
    package: image,
    packagePullPolicy: 'IfNotPresent',
    revisionActivationPolicy: 'Automatic',
    revisionHistoryLimit: 1,
    runtimeConfigRef: { apiVersion: 'pkg.crossplane.io/v1beta1', kind: 'DeploymentRuntimeConfig', name },
  }
  return [
    runtimeConfig(name, workload, runtime),
    kind === 'Provider'
      ? resource('pkg.crossplane.io/v1/Provider', name, { spec })
      : resource('pkg.crossplane.io/v1/Function', name, { spec }),
  ]
}

const deploymentPath = 'spec.deploymentTemplate.spec'

function runtimeConfig(name: string, workload: Workload, { args, ca = false }: Runtime): Resource {
  return resource('pkg.crossplane.io/v1beta1/DeploymentRuntimeConfig', name, {
    workloads: [workload],
    spec: {
      deploymentTemplate: {
        spec: {
          selector: {},
          template: {
            metadata: { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' } },
            spec: {
              securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  name: 'package-runtime',
                  args,
                  env: ca ? [{ name: 'SSL_CERT_FILE', value: '/internal-ca/ca.crt' }] : undefined,
                  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
                  volumeMounts: ca ? [{ name: caSecret, mountPath: '/internal-ca', readOnly: true }] : undefined,
                },
              ],
              volumes: ca ? [{ name: caSecret, secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }] : undefined,
            },
          },
        },
      },
    },
  })
}

/** MinIO's certificate is from the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
function certificate(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['crossplane.crossplane.svc'],
      usages: ['client auth'],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}

/** The last part of a package's address, without tag and digest. */
const nameOf = (image: string): string =>
  image
    .replace(/[@].*$/, '')
    .replace(/:[^/]*$/, '')
    .replace(/^.*\//, '')
