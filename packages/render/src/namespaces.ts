import { compareText, type Plan, type UnitPlan } from '@openova/core'
import { type File, kustomizationFile, type KubernetesObject, platformBanner, unitBanner, yamlFile } from './files.ts'
import { unitLabels } from './release.ts'

/** These exist before Flux applies anything; of `flux-system`, what we wrote would be ignored. */
const given = ['default', 'flux-system', 'kube-system']
const levels = ['restricted', 'baseline', 'privileged'] as const

/** `base/namespaces`: one Namespace for all units that share it, with the least restrictive pod security that one of them needs. */
export function namespaceFiles({ regions, platform }: Plan): File[] {
  const units = new Map(regions.flatMap((region) => region.units.map((unit) => [unit.name, unit])))
  const tenants = Map.groupBy(
    [...units.values()].toSorted((a, b) => compareText(a.name, b.name)),
    ({ namespace }) => namespace.name,
  )
  const names = [...tenants.keys()].filter((name) => !given.includes(name)).toSorted(compareText)
  if (names.length === 0) return []

  const folder = 'base/namespaces'
  const written = names.map((name) => {
    const [first, ...others] = tenants.get(name)!
    const labels = unitLabels(first!, platform)
    return yamlFile(
      `${folder}/namespace-${name}.yaml`,
      unitBanner(first!.name, first!.name),
      describeNamespace(name, [first!, ...others], labels),
    )
  })
  return [...written, kustomizationFile(folder, platformBanner, { resources: names.map((name) => `namespace-${name}.yaml`) })]
}

export const hasNamespaces = (units: readonly UnitPlan[]): boolean => units.some(({ namespace }) => !given.includes(namespace.name))

function describeNamespace(name: string, units: readonly UnitPlan[], labels: Record<string, string>): KubernetesObject {
  const rank = ({ namespace }: UnitPlan) => levels.indexOf(namespace.podSecurity)
  const level = levels[Math.max(...units.map(rank))]!
  const reasons = units.flatMap(({ namespace }) => (namespace.podSecurity === level && namespace.reason ? [namespace.reason] : []))
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { ...labels, ...Object.fromEntries(['enforce', 'audit', 'warn'].flatMap((mode) => podSecurity(mode, level))) },
      annotations: {
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        ...(reasons.length > 0 && { 'openova.io/pod-security-reason': [...new Set(reasons)].join('; ') }),
      },
    },
  }
}

function podSecurity(mode: string, level: string): [string, string][] {
  const label = `pod-security.kubernetes.io/${mode}`
  return [
    [label, level],
    [`${label}-version`, 'latest'],
  ]
}
