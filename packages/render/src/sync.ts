import { compareText, type Plan, type RegionPlan, type StageName, type StagePlan, type UnitPlan } from '@openova/core'
import { type File, type KubernetesObject, kustomizationFile, platformBanner, unitBanner, yamlFile } from './files.ts'
import { healthChecksOf } from './healthchecks.ts'
import { hasNamespaces } from './namespaces.ts'
import { timeoutOf, unitLabels } from './release.ts'

/** `<region>/<unit>/sync.yaml`: one Flux Kustomization a stage. */
export function syncFiles({ region, units }: RegionPlan, { platform }: Plan): File[] {
  return units.map((unit) => {
    const documents = unit.stages.map((stage) => fluxKustomization(stage, { region: region.name, labels: unitLabels(unit, platform) }))
    return yamlFile(`${region.name}/${unit.name}/sync.yaml`, unitBanner(unit.name, unit.name), ...documents)
  })
}

/** `<region>/kustomization.yaml`: what Flux's root Kustomization applies, namespaces first because everything else waits for something. */
export function regionFile({ region, units }: RegionPlan): File {
  const syncs = units.map(({ name }: UnitPlan) => `${name}/sync.yaml`).toSorted(compareText)
  return kustomizationFile(region.name, platformBanner, { resources: [...(hasNamespaces(units) ? ['../base/namespaces'] : []), ...syncs] })
}

function fluxKustomization(stage: StagePlan, { region, labels }: { region: string; labels: Record<string, string> }): KubernetesObject {
  const waits = stage.stage !== 'peer'
  const checks = waits ? healthChecksOf(stage.resources) : []
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: kustomizationName(stage.name), namespace: 'flux-system', labels },
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      path: `./clusters/${region}/${stage.name}`,
      interval: '1h',
      retryInterval: '1m',
      timeout: `${stageTimeout(stage)}m`,
      // Losing the peer must not turn a stage of the survivor NotReady.
      wait: waits,
      // Without its CRD every custom resource is gone, in all namespaces.
      prune: stage.stage !== 'crds',
      // On removal their finalizers need the operator, which goes in the second step.
      ...((stage.stage === 'setup' || stage.stage === 'config') && { deletionPolicy: 'WaitForTermination' }),
      ...(stage.dependsOn.length > 0 && {
        dependsOn: stage.dependsOn.toSorted(compareText).map((name) => ({ name: kustomizationName(name) })),
      }),
      ...(checks.length > 0 && { healthCheckExprs: checks }),
    },
  }
}

const kustomizationName = (stage: StageName): string => stage.replace('/', '-')

/** Minutes: above what Helm waits for; a Job has a system to set up; a peer that is away must not hold a worker for long. */
function stageTimeout({ stage, releases, resources }: StagePlan): number {
  if (stage === 'peer') return 2
  const work = resources.some(({ kind, workloads }) => kind === 'Job' || workloads.length > 0) ? 20 : 5
  return Math.max(work, ...releases.map((release) => timeoutOf(release) + 5))
}
