import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineComponent, getIn, type PlatformSpec, valuesOf } from '@openova/core'
import { catalogWith, findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import component from '../src/index.ts'
import { linkLoss, nodeLoss, podLoss } from '../src/scripts.ts'

testComponent(component, {
  cases: [
    { name: 'active', spec: (base) => withValues(base, { active: true, window: { hour: 20, first: 'Sat', second: 'Sun' } }) },
    { name: 'one-region', spec: oneRegion },
    { name: 'without-cnpg', spec: withoutCnpg },
    { name: 'other-targets', spec: (base) => withValues(base, { database: 'harbor', link: 'opensearch', duration: 300 }) },
  ],
})

describe('litmus', () => {
  const objects = (platform: PlatformSpec, region: string, kind: string) =>
    objectsOf(planOf(platform), { region, unit: 'litmus' }).filter((one) => one.kind === kind)

  test('starts nothing by itself', () => {
    const platform = withValues(testPlatform(), {})
    for (const { body } of objects(platform, 'region-a', 'ChaosEngine')) expect(getIn(body, 'spec.engineState')).toBe('stop')
    for (const { body } of objects(platform, 'region-a', 'CronJob')) expect(getIn(body, 'spec.suspend')).toBe(true)
  })

  test('runs one experiment after the other, and each region on a day of its own', () => {
    const platform = withValues(testPlatform(), { active: true })
    const times = ['region-a', 'region-b'].map((region) =>
      objects(platform, region, 'CronJob').map(({ body }) => getIn(body, 'spec.schedule')),
    )
    expect(new Set(times.flat()).size).toBe(times.flat().length)
    expect(times[0]?.every((time) => String(time).endsWith(' Tue'))).toBe(true)
    expect(times[1]?.every((time) => String(time).endsWith(' Thu'))).toBe(true)
  })

  test('lets every experiment do what it does at its own target only', () => {
    const platform = withValues(testPlatform(), {})
    const bindings = objects(platform, 'region-a', 'RoleBinding').filter(({ namespace }) => namespace !== 'litmus')
    expect(bindings.map(({ namespace, body }) => `${String(getIn(body, 'subjects.0.name'))} in ${namespace}`)).toEqual(
      expect.arrayContaining(['waf-loss in coraza', 'storage-loss in minio', 'secrets-loss in openbao', 'write-node-loss in gitea']),
    )
    const everywhere = objects(platform, 'region-a', 'ClusterRoleBinding').map(({ body }) => getIn(body, 'subjects.0.name'))
    expect(everywhere).toEqual(['litmus', 'node-loss'])
  })

  test('kills a broker where there are brokers', () => {
    const platform = withValues(testPlatform(), {})
    platform.spec.components['strimzi'] = {}
    const engines = objectsOf(planOf(platform, catalogWith(brokers)), { region: 'region-a', unit: 'litmus' })
    const { body } = engines.find(({ kind, name }) => kind === 'ChaosEngine' && name === 'broker-loss')!
    expect(getIn(body, 'spec.experiments.0.spec.components.env')).toContainEqual({ name: 'NAMESPACE', value: 'kafka' })
  })

  test.each([
    [{ window: { first: 'Tue', second: 'Tue' } }, 'window.second'],
    [{ database: 'temporal' }, 'database'],
    [{ link: 'valkey' }, 'link'],
  ])('refuses %j', (values, at) => {
    expect(findingsOn('litmus', withValues(testPlatform(), values)).map((finding) => finding.at)).toEqual([
      `spec.components.litmus.values.${at}`,
    ])
  })
})

/** A `kubectl` that notes what it is told and answers by the lines of `kubectl.sh` in the test. */
describe('an experiment of our own', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'litmus-'))
    tool('sleep', 'true')
    tool('shuf', 'if [ "$1" = -n ]; then head -n "$2"; else cat; fi')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const tool = (name: string, text: string) => {
    writeFileSync(join(root, name), `#!/bin/bash\n${text}\n`)
    chmodSync(join(root, name), 0o755)
  }
  /** Runs it; `answers` are branches of a `case` over the arguments. */
  function run(script: string, answers: string) {
    tool(
      'kubectl',
      `echo "$*" >>${root}/calls
case "$*" in
  *passedRuns*) echo 3 ;;
  *chaosresult*) ;;
  apply*) cat >>${root}/results; echo --- >>${root}/results ;;
  ${answers}
esac`,
    )
    // Its patience is not the test's.
    const impatient = script.replaceAll(/within \d+/g, 'within 0')
    execFileSync('/bin/bash', ['-euc', impatient], {
      stdio: 'pipe',
      env: {
        PATH: `${root}:${process.env['PATH'] ?? ''}`,
        CHAOSENGINE: 'engine',
        EXPERIMENT_NAME: 'experiment',
        CHAOS_UID: 'u-1',
        NAMESPACE: 'target',
        SELECTOR: 'a=b',
        DURATION: '30',
        PEER: 'hz-nbg-rtz-prod',
      },
    })
    const results = parseAllDocuments(readFileSync(join(root, 'results'), 'utf8')).map((one) => one.toJS() as unknown)
    const calls = readFileSync(join(root, 'calls'), 'utf8')
    return { verdicts: results.map((one) => getIn(one, 'status.experimentStatus.verdict')).filter(Boolean), results, calls }
  }

  test('kills one pod of its selector, and is content with another in its place', () => {
    const answers = `*delete*) touch ${root}/gone ;;
  *"get pods"*) if [ -e ${root}/gone ]; then echo 'kafka-0 new True'; else echo 'kafka-0 old True'; fi ;;`
    const { verdicts, results, calls } = run(podLoss, answers)
    expect(calls).toContain('--namespace target delete pod kafka-0 --grace-period=0 --force')
    expect(verdicts).toEqual(['Awaited', 'Pass'])
    expect(results[1]).toMatchObject({
      metadata: { name: 'engine-experiment', namespace: 'litmus' },
      spec: { engine: 'engine', experiment: 'experiment' },
      status: { history: { passedRuns: 4, failedRuns: 0 } },
    })
  })

  test('fails when no other pod comes', () => {
    expect(run(podLoss, `*"get pods"*) echo 'kafka-0 old True' ;;`).verdicts).toEqual(['Awaited', 'Fail'])
  })

  test('fails, and kills nothing, where there is no pod', () => {
    const { verdicts, calls } = run(podLoss, '*) ;;')
    expect(verdicts).toEqual(['Awaited', 'Fail'])
    expect(calls).not.toContain('delete')
  })

  const nodes = `*spec.nodeName*) echo n-1 n-1 ;;
  *"get nodes"*) echo n-1 n-2 n-3 ;;`

  test('drains a node that is not its own, and gives it back', () => {
    const { verdicts, calls } = run(nodeLoss, nodes)
    expect(calls).toMatch(/drain n-2 .*[^]*uncordon n-2/)
    expect(verdicts).toEqual(['Awaited', 'Pass'])
  })

  test('gives the node back when it is stopped', () => {
    tool('sleep', 'kill -TERM $PPID')
    const { verdicts, calls } = run(nodeLoss, nodes)
    expect(calls).toContain('uncordon n-2')
    expect(verdicts).toEqual(['Awaited', 'Stopped'])
  })

  test('gives the node back, and fails, when a workload lacks a pod that it had', () => {
    const answers = `${nodes}
  *get\\ deployments*) if grep -q drain ${root}/calls; then echo 'Deployment/a/b 2 1'; else echo 'Deployment/a/b 2 2'; fi ;;`
    const { verdicts, calls } = run(nodeLoss, answers)
    expect(calls).toContain('uncordon n-2')
    expect(verdicts).toEqual(['Awaited', 'Fail'])
  })

  test('cuts a namespace off from the other region by a policy, and takes it away', () => {
    const { verdicts, results, calls } = run(linkLoss, `create*) cat >>${root}/results; echo --- >>${root}/results ;;`)
    const peer = {
      matchLabels: { 'k8s:io.cilium.k8s.policy.cluster': 'hz-nbg-rtz-prod' },
      matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }],
    }
    expect(results[1]).toMatchObject({
      kind: 'CiliumNetworkPolicy',
      metadata: { namespace: 'target' },
      spec: { ingressDeny: [{ fromEndpoints: [peer] }], egressDeny: [{ toEndpoints: [peer] }] },
    })
    expect(calls.lastIndexOf('delete ciliumnetworkpolicy chaos-link-loss')).toBeGreaterThan(calls.indexOf('create'))
    expect(verdicts).toEqual(['Awaited', 'Pass'])
  })
})

const brokers = defineComponent({
  name: 'strimzi',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'kafka',
  values: valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} }),
})

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components['litmus'] = { values }
  return base
}

function withoutCnpg(base: PlatformSpec): PlatformSpec {
  delete base.spec.components['cnpg']
  return base
}
