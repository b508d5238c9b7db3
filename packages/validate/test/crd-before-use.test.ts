import { expect, test } from 'vitest'
import { validate, validateTree } from '../src/index.ts'
import { catalogOf, filesOf, planOf } from './examples.ts'

const kustomization = (name: string, dependsOn: readonly string[] = [], path = `clusters/region-a/${name.replace('-', '/')}`) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ./${path}
  sourceRef: { kind: GitRepository, name: flux-system }
  dependsOn: [${dependsOn.map((other) => `{ name: ${other} }`).join(', ')}]
`
const cluster = '{ apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: { name: registry, namespace: harbor } }\n'
const settings = '{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: harbor } }\n'

interface Example {
  group?: string
  files?: Record<string, string>
}

/** A region in which harbor has a database, as cnpg provides it from some stage on. */
function early(kustomizations: readonly string[], { group = 'postgresql.cnpg.io', files = {} }: Example = {}): string[] {
  const plan = planOf({ cnpg: { releases: [{ name: 'cnpg' }], resources: { setup: [] } }, harbor: {} })
  for (const { units } of plan.regions) Object.assign(units[0]!.definition, { provides: { [group]: 'install' } })
  const tree = new Map([
    ['region-a/kustomization.yaml', 'resources: [sync.yaml]\n'],
    ['region-a/sync.yaml', kustomizations.join('---\n')],
    ['region-a/cnpg/install/settings.yaml', settings],
    ['region-a/harbor/needs/cluster.yaml', cluster],
    ...Object.entries(files),
  ])
  return validate(plan, tree, { catalog: catalogOf(['cnpg', 'harbor']) })
    .filter(({ code }) => code === 'crd-before-use')
    .map(({ file, message }) => `${file}: ${message}`)
}

const message = (expected: string) => [
  `clusters/region-a/harbor/needs/cluster.yaml: Unexpected Cluster \`registry\` before its CRD in clusters/region-a, expected ${expected}`,
]

test('takes the stage of `provides`, through any number of edges', () => {
  expect(early([kustomization('cnpg-install'), kustomization('harbor-needs', ['cnpg-install'])])).toEqual([])
  expect(
    early([kustomization('cnpg-install'), kustomization('other', ['cnpg-install'], 'nowhere'), kustomization('harbor-needs', ['other'])]),
  ).toEqual([])
  expect(
    early([kustomization('cnpg-install'), kustomization('cnpg-setup', ['cnpg-install']), kustomization('harbor-needs', ['cnpg-setup'])], {
      files: { 'region-a/cnpg/setup/settings.yaml': settings },
    }),
  ).toEqual([])
})

test('reports a stage that does not wait for the provider', () => {
  expect(early([kustomization('cnpg-install'), kustomization('harbor-needs')])).toEqual(
    message('`harbor-needs` to depend on `cnpg-install`'),
  )
})

test('reports a group that nothing brings', () => {
  expect(early([kustomization('cnpg-install'), kustomization('harbor-needs', ['cnpg-install'])], { group: 'other.io' })).toEqual(
    message('a component that brings postgresql.cnpg.io'),
  )
})

test('a release beside the custom resource comes too late, a definition beside it does not', () => {
  const both = [kustomization('cnpg-install')]
  expect(early(both, { files: { 'region-a/cnpg/install/cluster.yaml': cluster } })).toHaveLength(1)
  const definition =
    '{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: c }, spec: { group: postgresql.cnpg.io } }\n'
  expect(early(both, { files: { 'region-a/cnpg/install/cluster.yaml': cluster, 'region-a/cnpg/install/crd.yaml': definition } })).toEqual(
    [],
  )
})

test('in a repository of others, knows charts, waits of whatever applies a folder, and leaves groups that come from elsewhere', () => {
  const findings = (dependsOn: readonly string[]) =>
    validateTree(
      filesOf(`
# clusters/a/flux-system/sync.yaml
${kustomization('flux-system', [], 'clusters/a')}
# clusters/a/all.yaml
${kustomization('infra', [], 'infra')}---
${kustomization('apps', dependsOn, 'apps')}
# infra/release.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: cnpg, namespace: cnpg }
spec: { chart: { spec: { chart: cloudnative-pg, version: 1.0.0, sourceRef: { kind: HelmRepository, name: cnpg } } } }
# apps/inner.yaml
${kustomization('inner', [], 'inner')}
# inner/cluster.yaml
${cluster}---
{ apiVersion: longhorn.io/v1, kind: Volume, metadata: { name: v } }`),
    )
      .filter(({ code }) => code === 'crd-before-use')
      .map(({ file }) => file)
  expect(findings(['infra'])).toEqual([])
  expect(findings([])).toEqual(['inner/cluster.yaml'])
})
