import { type ClaimOf, type Holding, job, type Part, type Resource, resource } from '@openova/core'
import { mcImage } from './job.ts'

/** Where the files of models come from, and the stores that Hugging Face sends on to. */
export const publishers: readonly string[] = ['huggingface.co:443', '*.huggingface.co:443', '*.hf.co:443', '*.xethub.hf.co:443']

/**
 * What a bucket holds before its consumer starts. One Job for each holding, in the consumer's namespace: the side that writes brings it,
 * once for each commit; the other waits until every file has been replicated to it.
 */
export function holdingsOf({ ask, secret, grant: { endpoint } }: ClaimOf<'bucket'>, { writes }: { writes: boolean }): Resource[] {
  const { name: bucket, holds } = ask
  if (holds === undefined) return []
  const store = { bucket, endpoint, secret, ca: `${secret}-ca` }
  return [caCertificate(store.ca), ...holds.map((holding) => holdingJob(holding, { store, writes }))]
}

interface Store {
  bucket: string
  endpoint: string
  /** Secret with the credential. */
  secret: string
  /** Secret with the platform CA. */
  ca: string
}
type Container = Part<'batch/v1/Job', 'spec.template.spec.containers.0'>

function holdingJob(holding: Holding, { store, writes }: { store: Store; writes: boolean }): Resource {
  const name = `${store.bucket}-${holding.path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const step = (container: string, script: string) => storeClient(container, { store, script: `${helpers(store, holding)}${script}` })
  return resource('batch/v1/Job', name, {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job(name, { replicas: 1, cpu: '100m', memory: '256Mi', memoryLimit: '2Gi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          initContainers: writes ? [{ ...step('look', look), resources: atMost('256Mi') }, download(holding)] : undefined,
          containers: [writes ? step('upload', upload) : step('wait', wait)],
          volumes: [
            { name: 'work', emptyDir: {} },
            { name: 'ca', secret: { secretName: store.ca, items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
        },
      },
    },
  })
}

function storeClient(name: string, { store, script }: { store: Store; script: string }): Container {
  return {
    name,
    image: mcImage,
    command: ['/bin/sh', '-euc', script],
    env: [{ name: 'MC_CONFIG_DIR', value: '/work/mc' }],
    envFrom: [{ secretRef: { name: store.secret } }],
    securityContext: hardened,
    volumeMounts: [
      { name: 'work', mountPath: '/work' },
      { name: 'ca', mountPath: '/work/mc/certs/CAs', readOnly: true },
    ],
  }
}

/** KServe's loader, which knows how Hugging Face sends large files; the list of what came is written last. */
function download({ from }: Holding): Container {
  return {
    name: 'download',
    image: 'docker.io/kserve/storage-initializer:v0.20.0',
    command: [
      '/bin/sh',
      '-euc',
      `if [ -e /work/complete ]; then exit 0; fi
/storage-initializer/scripts/initializer-entrypoint '${from}' /work/files
rm -rf /work/files/.cache
cd /work/files
find . -type f | sed 's|^./||' | sort >/work/list
test -s /work/list
`,
    ],
    env: [
      { name: 'HOME', value: '/work/home' },
      { name: 'TMPDIR', value: '/work' },
      { name: 'HF_HUB_DISABLE_TELEMETRY', value: '1' },
    ],
    resources: atMost('2Gi'),
    securityContext: hardened,
    volumeMounts: [{ name: 'work', mountPath: '/work' }],
  }
}

/** Opens the store, and tells whether all that the list names is there. A new commit has a list of its own, so it is brought anew. */
function helpers({ bucket, endpoint }: Store, { path, from }: Holding): string {
  const commit = from.slice(from.lastIndexOf(':') + 1)
  return `export MC_HOST_store="${endpoint.replace('://', `://\${AWS_ACCESS_KEY_ID:-\${accessKey:-}}:\${AWS_SECRET_ACCESS_KEY:-\${secretKey:-}}@`)}"
files=store/${bucket}/${path}
list=store/${bucket}/.lists/${path}/${commit}
complete() {
  mc cat "$list" >/work/listed 2>/dev/null || return 1
  while IFS= read -r file; do mc stat "$files/$file" </dev/null >/dev/null 2>&1 || return 1; done </work/listed
}
`
}

const look = `rm -f /work/complete
if complete; then touch /work/complete; fi
`
const upload = `if [ -e /work/complete ]; then echo "$files is complete"; exit 0; fi
mc mirror --overwrite --remove /work/files "$files"
mc cp /work/list "$list"
complete
`
const wait = `until complete; do echo "waiting for the other region's copy of $files"; sleep 30; done
`

const hardened = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }
const atMost = (memory: string) => ({ requests: { cpu: '100m', memory: '256Mi' }, limits: { memory } })

function caCertificate(name: string): Resource {
  return resource('cert-manager.io/v1/Certificate', name, {
    spec: {
      secretName: name,
      commonName: name,
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
