import type { Resource } from '@openova/core'
import { policies, type Rule } from './policy.ts'
import type { KyvernoValues } from './values.ts'

/** Rules about pods; Kyverno applies each to what makes pods as well, so that a Deployment is refused, not its pods one by one. */
export const podPolicies = ({ enforce }: KyvernoValues): Resource[] =>
  [podSecurity, exactImages, requests].flatMap((rule) => policies(rule, enforce))

const pods = [{ apiGroups: [''], resources: ['pods'] }]

/** Those that are added to a running pod for debugging have no requests, by definition. */
const containers = 'object.spec.containers + object.spec.?initContainers.orValue([])'
const allContainers = `${containers} + object.spec.?ephemeralContainers.orValue([])`

/** The restricted level. The API server enforces it by the namespace's label; here a namespace without one is held to it too. */
const podSecurity: Rule = {
  name: 'pod-security',
  title: 'Pods run at the restricted level',
  severity: 'high',
  resources: pods,
  // An exception of the platform stands in this label, with its reason beside it.
  exempt: [{ key: 'pod-security.kubernetes.io/enforce', operator: 'NotIn', values: ['baseline', 'privileged'] }],
  variables: { all: allContainers },
  validations: {
    'Unexpected hostNetwork, hostPID or hostIPC, expected none of them.':
      '!object.spec.?hostNetwork.orValue(false) && !object.spec.?hostPID.orValue(false) && !object.spec.?hostIPC.orValue(false)',
    'Unexpected host port, expected a Service.': 'variables.all.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))',
    'Unexpected type of volume, expected configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret.': `object.spec.?volumes.orValue([]).all(v, ${volumeTypes()})`,
    'Unexpected privileged container or privilege escalation, expected allowPrivilegeEscalation: false.':
      'variables.all.all(c, !c.?securityContext.?privileged.orValue(false) && !c.?securityContext.?allowPrivilegeEscalation.orValue(true))',
    'Unexpected capabilities, expected drop: [ALL], and at most NET_BIND_SERVICE added.':
      "variables.all.all(c, 'ALL' in c.?securityContext.?capabilities.?drop.orValue([]) && c.?securityContext.?capabilities.?add.orValue([]).all(a, a == 'NET_BIND_SERVICE'))",
    'Unexpected root user, expected runAsNonRoot: true of the pod or of every container.':
      'variables.all.all(c, c.?securityContext.?runAsNonRoot.orValue(object.spec.?securityContext.?runAsNonRoot.orValue(false)))',
    'Unexpected user 0, expected another one.':
      'object.spec.?securityContext.?runAsUser.orValue(1) != 0 && variables.all.all(c, c.?securityContext.?runAsUser.orValue(1) != 0)',
    'Unexpected seccomp profile, expected RuntimeDefault or Localhost of the pod or of every container.':
      "variables.all.all(c, c.?securityContext.?seccompProfile.?type.orValue(object.spec.?securityContext.?seccompProfile.?type.orValue('')) in ['RuntimeDefault', 'Localhost'])",
  },
}

const exactImages: Rule = {
  name: 'exact-images',
  title: 'Images have a tag other than latest, or a digest',
  severity: 'medium',
  resources: pods,
  variables: { all: allContainers },
  validations: {
    'Unexpected image without a tag or with `latest`, expected an exact tag or a digest.':
      "variables.all.all(c, c.image.contains('@sha256:') || (c.image.matches(':[^/:]+$') && !c.image.endsWith(':latest')))",
  },
}

const requests: Rule = {
  name: 'requests-set',
  title: 'Containers say how much CPU and memory they need',
  severity: 'medium',
  resources: pods,
  variables: { counted: containers },
  validations: {
    'Unexpected container without requests, expected `cpu` and `memory` below resources.requests.':
      "variables.counted.all(c, ['cpu', 'memory'].all(r, r in c.?resources.?requests.orValue({})))",
  },
}

function volumeTypes(): string {
  const types = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret']
  return types.map((type) => `has(v.${type})`).join(' || ')
}
