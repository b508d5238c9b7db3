import { compareText, hostNames, type Platform, type Region, type Resource, resource } from '@openova/core'
import type { SigstoreValues } from './values.ts'

/** What images and their signatures come through: whoever labels one of these by mistake does not stop the platform from starting. */
export const neverJudged = [
  'kube-system',
  'flux-system',
  'cert-manager',
  'external-secrets',
  'openbao',
  'minio',
  'cnpg',
  'valkey',
  'harbor',
  'sigstore',
]

interface Place {
  platform: Platform
  region: Region
  peer?: Region
}

/** Images of the registry's own projects, by whichever of its names they are pulled. */
export function signedImages({ mode, trust, identities, projects }: SigstoreValues, place: Place & { key?: string }): Resource {
  const authority =
    trust === 'key'
      ? { name: 'key', key: { secretRef: { name: place.key }, hashAlgorithm: 'sha256' } }
      : {
          name: 'keyless',
          keyless: {
            url: 'https://fulcio.sigstore.dev',
            identities: identities.map(({ issuer, subject }) => ({ issuer, subjectRegExp: subject })),
          },
          ctlog: { url: 'https://rekor.sigstore.dev' },
        }
  return resource('policy.sigstore.dev/v1beta1/ClusterImagePolicy', 'platform-registry', {
    spec: {
      mode,
      images: registryNames(place).flatMap((name) => projects.map((project) => ({ glob: `${name}/${project}/**` }))),
      authorities: [authority],
    },
  })
}

/** Signatures are read where the image is: at the public Gateway of this region, or of the other. */
export function registryOpening(place: Place): Resource {
  const toPorts = [{ ports: [{ port: '443', protocol: 'TCP' as const }] }]
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'registry', {
    spec: {
      endpointSelector: {},
      egress: [
        { toFQDNs: registryNames(place).map((matchName) => ({ matchName })), toPorts },
        // The address of the own Gateway ends at the Envoy of the node.
        { toEntities: ['ingress'], toPorts },
      ],
    },
  })
}

function registryNames({ platform, region, peer }: Place): string[] {
  const names = [region, ...(peer ? [peer] : [])].flatMap(({ code }) => {
    const { name, regionName } = hostNames('harbor', code, platform.domain)
    return [name, regionName]
  })
  return [...new Set(names)].toSorted(compareText)
}
