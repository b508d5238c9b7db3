import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** `group:artifact:version` to the jar of it on this machine. */
export function fetchJar(artifact: string): string {
  execFileSync('mvn', ['-q', '-B', 'dependency:get', `-Dartifact=${artifact}`, '-Dtransitive=false'], { stdio: 'pipe' })
  const [group = '', name = '', version = ''] = artifact.split(':')
  return join(homedir(), '.m2/repository', ...group.split('.'), name, version, `${name}-${version}.jar`)
}

/** The CRDs that Strimzi's own generator makes of classes of its API; it wants Java 21, so JAVA_HOME may have to say where that is. */
export function strimziCrds(version: string, classes: readonly string[]): string {
  const folder = join(tmpdir(), 'openova-sync-schemas/strimzi')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })

  const jars = ['crd-generator', 'api'].map((name) => fetchJar(`io.strimzi:${name}:${version}`))
  const outputs = classes.map((path) => `io.strimzi.api.kafka.model.${path}=${join(folder, `${path}.yaml`)}`)
  const options = ['--api-versions', 'v1', '--storage-version', 'v1', '--yaml']
  const java = process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin/java')
  execFileSync(java, ['-cp', jars.join(':'), 'io.strimzi.crdgenerator.CrdGenerator', ...options, ...outputs], { stdio: 'pipe' })

  return readdirSync(folder)
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n---\n')
}

export function checksumOfJar(artifact: string): string {
  return `sha256:${createHash('sha256')
    .update(readFileSync(fetchJar(artifact)))
    .digest('hex')}`
}
