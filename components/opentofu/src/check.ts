import type { Facts, Maybe, Platform, Problem } from '@openova/core'
import type { OpentofuValues } from './values.ts'

/** The add-ons that a cloud of the preview still has to be given by hand. */
const addOns: Readonly<Record<Exclude<Platform['provider'], 'hetzner'>, string>> = {
  huawei: 'cloud-provider-huaweicloud and the EVS CSI driver',
  oci: 'oci-cloud-controller-manager and the Block Volume CSI driver',
  aws: 'aws-cloud-controller-manager and the EBS CSI driver',
  gcp: 'cloud-provider-gcp and the Persistent Disk CSI driver',
  azure: 'cloud-provider-azure and the Azure Disk CSI driver',
}

export function missingAddOns({ platform: { provider } }: Facts): Maybe<Problem> {
  if (provider === 'hetzner') return undefined
  return {
    at: '',
    severity: 'warning',
    message: `Unexpected provider \`${provider}\`, expected \`hetzner\`: its nodes stay tainted and no volume is made without a cloud controller manager and a default StorageClass`,
    fix: `install ${addOns[provider]} before Flux, or choose \`provider: hetzner\``,
  }
}

/** A server that is not in the project is not known to the cloud controller manager, unless Robot tells. */
export function unknownNodes({ platform: { provider }, region: { pools }, values: { robot } }: Facts<OpentofuValues>): Maybe<Problem> {
  const pool = pools.find(({ source }) => source === 'external')
  if (provider !== 'hetzner' || pool === undefined || robot) return undefined
  return {
    at: 'robot',
    severity: 'warning',
    message: `Unexpected \`robot: false\` with the external pool \`${pool.name}\`: the cloud controller manager knows servers of the cloud project only`,
    fix: 'set `robot: true` where they are dedicated servers of Hetzner, else start their kubelet without `cloud-provider=external`',
  }
}
