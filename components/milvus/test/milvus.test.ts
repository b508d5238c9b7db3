import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getIn, type PlatformSpec } from '@openova/core'
import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'in-memory',
      spec: (base) => withValues(base, { mmap: false, queryNodes: { replicas: 4, memory: '8Gi' }, etcd: { replicas: 1 } }),
    },
    { name: 'other-write-region', spec: (base) => writtenIn(base, 'region-b') },
  ],
})

describe('milvus', () => {
  test('warns of collections in the memory of small query nodes', () => {
    expect(findingsOn('milvus', withValues(testPlatform(), { mmap: false })).map(({ at }) => at)).toEqual([
      'spec.components.milvus.values.mmap',
    ])
    expect(findingsOn('milvus', withValues(testPlatform(), { mmap: false, queryNodes: { memory: '8Gi' } }))).toEqual([])
  })

  test('gives its channels another name in each region', () => {
    const plan = planOf(withValues(testPlatform(), {}))
    const names = ['region-a', 'region-b'].map((region) => {
      const cluster = objectsOf(plan, { region, unit: 'milvus' }).find(({ kind }) => kind === 'Milvus')
      return getIn(cluster?.body, 'spec.config.msgChannel.chanNamePrefix.cluster')
    })
    expect(names).toEqual(['region-a', 'region-b'])
  })

  test('tells from the write region who follows, and holds the promotion ready in the other', () => {
    expect(jobsIn(testPlatform(), 'region-a')).toEqual(['replicate'])
    expect(jobsIn(testPlatform(), 'region-b')).toEqual(['promote (suspended)'])
    expect(jobsIn(writtenIn(testPlatform(), 'region-b'), 'region-b')).toEqual(['replicate'])
    expect(jobsIn(oneRegion(testPlatform()), 'region-a')).toEqual([])
  })
})

/** A `grpcurl` that notes its calls and answers as a file says, by region and method. */
describe('the Jobs of the replication', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'milvus-'))
    writeFileSync(
      join(folder, 'grpcurl'),
      `#!/bin/sh
for last; do :; done
region=$(echo "$*" | sed 's/.*milvus-\\(region-.\\).*/\\1/')
{ echo "$region \${last##*/}"; cat; echo; } >>"${folder}/calls-$region"
cat "${folder}/$region-\${last##*/}" 2>/dev/null || echo '{}'
`,
    )
    chmodSync(join(folder, 'grpcurl'), 0o755)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const answer = (region: string, method: string, text: string) => writeFileSync(join(folder, `${region}-${method}`), text)
  const calls = (region: string) => readFileSync(join(folder, `calls-${region}`), 'utf8')
  function run(region: string): string {
    const job = objectsOf(planOf(withValues(testPlatform(), { channels: 2 })), { region, unit: 'milvus' }).find(
      ({ kind }) => kind === 'Job',
    )
    const script = String(getIn(job?.body, 'spec.template.spec.containers.0.command.2'))
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, ROOT_PASSWORD: 'secret' }
    return execFileSync('/bin/sh', ['-euc', script], { encoding: 'utf8', env, stdio: 'pipe' })
  }

  test('tell both sides the same, with the token of root', () => {
    expect(run('region-a').trim().split('\n').toSorted()).toEqual(['region-a is told', 'region-b is told'])
    const [, , method, body = ''] = calls('region-b').split('\n')
    expect(method).toBe('region-b UpdateReplicateConfiguration')
    expect(JSON.parse(body)).toEqual({
      replicateConfiguration: {
        clusters: ['region-a', 'region-b'].map((clusterId) => ({
          clusterId,
          connectionParam: { uri: `http://milvus-${clusterId}.milvus.svc:19530`, token: 'root:secret' },
          pchannels: [`${clusterId}-rootcoord-dml_0`, `${clusterId}-rootcoord-dml_1`],
        })),
        crossClusterTopology: [{ sourceClusterId: 'region-a', targetClusterId: 'region-b' }],
      },
    })
    expect(calls('region-a').split('\n').at(-2)).toBe(body)
  })

  test('leave alone who knows it already', () => {
    answer(
      'region-a',
      'GetReplicateConfiguration',
      '{ "configuration": { "crossClusterTopology": [\n { "sourceClusterId": "region-a",\n "targetClusterId": "region-b" } ] } }',
    )
    expect(run('region-a')).toContain('region-a knows it')
    expect(calls('region-a')).not.toContain('Update')
  })

  test.each(['region-a', 'region-b'])('fail when %s refuses', (region) => {
    answer(region, 'UpdateReplicateConfiguration', '{ "code": 1100, "reason": "no" }')
    expect(() => run('region-a')).toThrow('"reason": "no"')
  })

  test('promote by force, and only who follows', () => {
    run('region-b')
    expect(calls('region-b')).toMatch(/"crossClusterTopology":\[\]\},"forcePromote":true\}/)
    answer('region-b', 'UpdateReplicateConfiguration', '{ "code": 5, "reason": "refused, current cluster is primary" }')
    expect(run('region-b')).toContain('it writes already')
    answer('region-b', 'UpdateReplicateConfiguration', '{ "code": 5, "reason": "other" }')
    expect(() => run('region-b')).toThrow('other')
  })
})

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components['milvus'] = { values }
  return base
}

function writtenIn(base: PlatformSpec, region: string): PlatformSpec {
  base.spec.writeRegions['milvus'] = region
  return withValues(base, {})
}

const jobsIn = (platform: PlatformSpec, region: string): string[] =>
  objectsOf(planOf(withValues(platform, {})), { region, unit: 'milvus' })
    .filter(({ kind }) => kind === 'Job')
    .map(({ name, body }) => (getIn(body, 'spec.suspend') === true ? `${name} (suspended)` : name))
