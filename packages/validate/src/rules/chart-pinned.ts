import { getIn } from '@openova/core'
import { textAt } from '../objects.ts'
import { defineRule, type Draft, type ObjectRule, type Origin } from '../rule.ts'

const exact = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/

export default defineRule<ObjectRule>({
  name: 'chart-pinned',
  severity: 'error',
  description: 'A chart version is exact, so that the same commit always installs the same software.',
  on: 'object',
  kinds: ['HelmRelease', 'OCIRepository'],

  check(object, origin) {
    return object.kind === 'HelmRelease' ? release(object, origin) : repository(object, origin)
  },

  examples: {
    pass: '{ kind: HelmRelease, spec: { chart: { spec: { chart: harbor, version: 1.19.1 } } } }',
    fail: '{ kind: HelmRelease, spec: { chart: { spec: { chart: harbor, version: 1.19.x } } } }',
  },
})

/** A chart from Git or a bucket has the version of its files; elsewhere an overlay may add it. */
function release(object: object, { source, own }: Origin): Draft[] {
  const at = 'spec.chart.spec.version'
  if (
    textAt(object, 'spec.chart.spec.chart') === undefined ||
    ['GitRepository', 'Bucket'].includes(textAt(object, 'spec.chart.spec.sourceRef.kind') ?? '')
  )
    return []
  const version = getIn(object, at)
  if (version === undefined && !own) return []
  return typeof version === 'string' && (exact.test(version) || version.includes('${')) ? [] : [unpinned(at, version, source)]
}

/** `${...}` is filled in by Flux, from somewhere else. */
function repository(object: object, { source }: Origin): Draft[] {
  const tag = getIn(object, 'spec.ref.tag')
  if (textAt(object, 'spec.ref.digest') !== undefined || (typeof tag === 'string' && (exact.test(tag) || tag.includes('${')))) return []
  return isChart(object)
    ? [
        unpinned(
          getIn(object, 'spec.ref.semver') === undefined ? 'spec.ref.tag' : 'spec.ref.semver',
          tag ?? getIn(object, 'spec.ref.semver'),
          source,
        ),
      ]
    : []
}

const isChart = (object: object) => (textAt(object, 'spec.layerSelector.mediaType') ?? '').includes('helm.chart')

const unpinned = (at: string, version: unknown, source: string): Draft => ({
  at,
  message:
    version === undefined
      ? 'No chart version, expected an exact one such as `1.20.0`'
      : `Unexpected chart version \`${typeof version === 'string' ? version : JSON.stringify(version)}\`, expected an exact one such as \`1.20.0\``,
  fix: `pin the chart's version in ${source}`,
})
