import { anyItem } from './shape.ts'

/**
 * Keys that charts hand to Kubernetes as they are, whatever example their default shows.
 * `resources` is not among them: its own keys are few, and a size in the wrong place is the mistake we look for.
 */
const handedThrough =
  /^(.*labels|.*annotations|nodeSelector|.*affinity|tolerations|topologySpreadConstraints|.*securityContext(Crossplane|RBACManager)?|env|extraEnv|.*volumes|.*volumeMounts|volumeClaimTemplates|.*hostAliases|imagePullSecrets|.*(liveness|readiness|startup)Probe|extraArgs|featureGates)$/i

const resourceParts = new Set(['requests', 'limits', 'claims'])

/** Whether a known key above is one whose content belongs to Kubernetes and not to the chart. */
export function isConventionallyOpen(path: readonly string[], exists: (above: readonly string[]) => boolean): boolean {
  return path.some((key, index) => {
    const below = path.slice(index + 1)
    if (below.length === 0 || key === anyItem || !exists(path.slice(0, index + 1))) return false
    return handedThrough.test(key) || (/resources\w*$/i.test(key) && resourceParts.has(below[0]!))
  })
}
