import type { PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    {
      name: 'with-keycloak',
      spec: (base) => {
        base.spec.components.keycloak = {}
        return base
      },
    },
    { name: 'one-region', spec: oneRegion },
    { name: 'own-database', spec: withoutDatabase },
    {
      name: 'valkey',
      spec: (base) => {
        base.spec.components['valkey'] = {}
        return base
      },
    },
    {
      name: 'k8gb',
      spec: (base) => {
        base.spec.loadBalancer = 'k8gb'
        return base
      },
    },
    {
      name: 'server-alone',
      spec: () => platformWith({ ssh: false, mirror: { enabled: false }, runner: { replicas: 0 } }),
    },
    {
      name: 'written-in-region-b',
      spec: (base) => {
        base.spec.writeRegions = { gitea: 'region-b' }
        return base
      },
    },
  ],
})

function platformWith(values: Record<string, unknown>): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['gitea'] = { values }
  return platform
}

function withoutDatabase(platform: PlatformSpec): PlatformSpec {
  delete platform.spec.components['cnpg']
  return platform
}

const objects = (platform: PlatformSpec, region: string) => objectsOf(planOf(platform), { region, unit: 'gitea' })

function helmValues(platform: PlatformSpec) {
  const { stages } = planOf(platform).regions[0]!.units.find(({ name }) => name === 'gitea')!
  return stages.flatMap(({ releases }) => releases)[0]!.values
}

describe('the server', () => {
  test('has its own database on its volume unless cnpg is chosen', () => {
    expect(helmValues(withoutDatabase(testPlatform()))).toHaveProperty('gitea.config.database.DB_TYPE', 'sqlite3')
    expect(helmValues(testPlatform())).toHaveProperty('gitea.config.database.DB_TYPE', 'postgres')
  })

  test('starts none of the databases that its chart brings', () => {
    expect(helmValues(testPlatform())).toMatchObject({ 'postgresql-ha': { enabled: false }, 'valkey-cluster': { enabled: false } })
  })

  test('has no password in its values', () => {
    expect(JSON.stringify(helmValues(testPlatform()))).not.toMatch(/"(password|PASSWD|SECRET_KEY)":/)
  })

  test('leaves port 22 of a node to the node', () => {
    const platform = testPlatform()
    platform.spec.loadBalancer = 'k8gb'
    expect(helmValues(platform)).toMatchObject({
      service: { ssh: { port: 2222, loadBalancerClass: 'io.cilium/node' } },
      gitea: { config: { server: { SSH_PORT: 2222 } } },
    })
    expect(helmValues(testPlatform())).toHaveProperty('service.ssh.port', 22)
  })
})

describe('the sync', () => {
  const suspended = (platform: PlatformSpec, region: string) => {
    const sync = objects(platform, region).find(({ kind }) => kind === 'CronJob')
    return [
      sync?.stage,
      sync &&
        Object.entries(sync.body)
          .flatMap(([, spec]) => Object.entries(spec ?? {}))
          .find(([key]) => key === 'suspend')?.[1],
    ]
  }

  test('works in the write region only, and stands where nothing waits for it', () => {
    expect(suspended(testPlatform(), 'region-a')).toEqual(['peer', false])
    expect(suspended(testPlatform(), 'region-b')).toEqual(['peer', true])
  })

  test('logs in by two secrets, each made in the region whose user it is', () => {
    const pushed = (region: string) =>
      objects(testPlatform(), region)
        .filter(({ kind, stage }) => kind === 'PushSecret' && stage === 'peer')
        .map(({ name }) => name)
    expect(pushed('region-a')).toEqual(['mirror-region-a'])
    expect(pushed('region-b')).toEqual(['mirror-region-b'])
  })
})

describe('the mirror of the platform repository', () => {
  const jobs = (platform: PlatformSpec) => objects(platform, 'region-a').filter(({ kind }) => kind === 'Job')

  test('is not tried over ssh, and says so', () => {
    const platform = testPlatform()
    platform.spec.git.url = 'ssh://git@git.example.org/platform.git'
    expect(findingsOn('gitea', platform)).toMatchObject([{ severity: 'warning', at: 'spec.components.gitea.values.mirror.enabled' }])
    expect(jobs(platform).map(({ name }) => name)).toEqual(['mirror-user'])
  })

  test('asks a person for nothing where the repository is public', () => {
    const supplied = (platform: PlatformSpec) => objects(platform, 'region-a').filter(({ name }) => name === 'platform-git')
    expect(supplied(testPlatform()).map(({ kind }) => kind)).toContain('ExternalSecret')
    expect(supplied(platformWith({ mirror: { credential: false } })).map(({ kind }) => kind)).toEqual(['CiliumNetworkPolicy'])
  })
})
