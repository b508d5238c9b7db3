import type { Finding } from '@openova/core'
import { stringify } from 'yaml'
import type { ChartFolder, RealChart } from '../chart/chart-folder.ts'
import { findRegionReleases } from '../chart/region-releases.ts'
import type { RegionRelease } from '../chart/region-releases.ts'
import type { HelmProgram } from '../go-helm.ts'
import type { CheckResult, DiskTree } from '../model.ts'
import { findObjects } from '../tree.ts'

const kubeVersion = '1.36.0'

/** Every HelmRelease whose chart is at hand renders in each region with the values that Flux would hand to Helm. */
export async function checkCharts(tree: DiskTree, charts: ChartFolder, helm: HelmProgram): Promise<CheckResult> {
  const releases = findRegionReleases(tree)
  const found = releases.flatMap((release) => {
    const chart = release.chart && charts.find(release.chart.name, release.chart.version)
    return chart === undefined ? [] : [{ release, chart }]
  })
  // What the tree uses its clusters serve, and some charts refuse to render without it.
  const apiVersions = listApiVersions(tree)
  const answers = await helm.render(
    found.map(({ release, chart }) => ({
      chart: chart.path,
      release: release.name,
      namespace: release.namespace,
      kubeVersion,
      apiVersions,
      values: stringify(release.values, { compat: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 0 }),
    })),
  )

  const failures = answers.flatMap(({ error }, index) => (error === undefined ? [] : [{ ...found[index]!, error }]))
  const failed = new Set(failures.map(({ release }) => release.file.path))
  const reached = new Set(releases.map(({ file }) => file.path))
  const all = tree.files.filter(({ path }) => /\/helmrelease-[^/]+\.yaml$/.test(path)).map(({ path }) => path)
  const rendered = new Set(found.map(({ release }) => release.file.path).filter((path) => !failed.has(path)))
  const objects = answers.reduce((sum, answer) => sum + answer.objects, 0)
  return {
    check: 'charts',
    findings: [...failures.map((failure) => doesNotRender(tree, failure)), ...findOtherVersions(tree, found)],
    summary: `${rendered.size} of ${all.length} releases rendered in every region that runs them (${found.length - failures.length} renderings, ${objects} objects, Kubernetes ${kubeVersion}); ${failed.size} failed, ${all.length - rendered.size - failed.size} not checked`,
    notes: [
      ...new Set(releases.filter((release) => !found.some((each) => each.release === release)).map(notAtHand)),
      ...all.filter((path) => !reached.has(path)).map((path) => `not checked: no region runs ${tree.name}/${path}`),
    ].toSorted(),
  }
}

interface Found {
  release: RegionRelease
  chart: RealChart
}

function listApiVersions(tree: DiskTree): string[] {
  return [...new Set(findObjects(tree).flatMap(({ apiVersion, kind }) => [apiVersion, `${apiVersion}/${kind}`]))].toSorted()
}

function findOtherVersions(tree: DiskTree, found: Found[]): Finding[] {
  const bare = (version = 'none') => version.replace(/^v/, '')
  const others = found.filter(({ release, chart }) => bare(release.chart?.version) !== bare(chart.version))
  const once = new Map(others.map((other) => [other.release.file.path, other]))
  return [...once.values()].map(({ release, chart }) => ({
    code: 'chart-version-differs',
    severity: 'warning',
    file: `${tree.name}/${release.file.path}`,
    at: '',
    message: `Unexpected version \`${chart.version ?? 'none'}\` of chart \`${release.chart?.name}\` in the folder of charts, expected \`${release.chart?.version ?? 'none'}\`, which the release installs`,
    fix: 'put the chart of that version into the folder',
  }))
}

function doesNotRender(tree: DiskTree, { release, chart, error }: Found & { error: string }): Finding {
  return {
    code: 'chart-does-not-render',
    severity: 'error',
    file: `${tree.name}/${release.file.path}`,
    at: release.region,
    message: `Unexpected failure of Helm for chart \`${release.chart?.name} ${chart.version ?? ''}\`, release \`${release.name}\`, region \`${release.region}\`: ${error.trim()}`,
    fix: error.includes('missing in charts/')
      ? 'put the packed chart (.tgz) into the folder, which holds its dependencies'
      : 'change the values of the component, or `helmValues` in platform.yaml, so that the chart takes them',
  }
}

function notAtHand({ chart, file }: RegionRelease): string {
  if (chart === undefined) return `not checked: ${file.path} names no chart`
  return `not checked: chart ${`${chart.name} ${chart.version ?? ''}`.trim()} is not in the folder of charts`
}
