import { containersOf, groupOf, podOf, podPaths, textAt } from '../objects.ts'
import { defineRule, type Draft, type ObjectRule } from '../rule.ts'

export default defineRule<ObjectRule>({
  name: 'image-pinned',
  severity: 'error',
  description: 'An image has an exact tag or a digest, so that a restart starts the same software.',
  on: 'object',
  kinds: [...Object.keys(podPaths), 'Cluster'],

  check(object, { source }) {
    const pod = podOf(object)
    const images = pod
      ? containersOf(pod).map(({ container, at }) => ({ image: container.image, at: `${podPaths[object.kind]}.${at}.image` }))
      : groupOf(object) === 'postgresql.cnpg.io'
        ? [{ image: textAt(object, 'spec.imageName'), at: 'spec.imageName' }]
        : []
    return images.flatMap(({ image, at }): Draft[] => {
      if (typeof image !== 'string' || isPinned(image)) return []
      return [
        {
          at,
          message: `Unexpected image \`${image}\`, expected one with an exact tag such as \`1.2.3\`, or with a digest`,
          fix: `pin the image in ${source}`,
        },
      ]
    })
  },

  examples: {
    pass: '{ kind: Job, spec: { template: { spec: { containers: [{ name: init, image: "docker.io/alpine:3.22.1" }] } } } }',
    fail: '{ kind: Job, spec: { template: { spec: { containers: [{ name: init, image: "docker.io/alpine:latest" }] } } } }',
  },
})

const floating = new Set(['latest', 'stable', 'edge', 'main', 'master', 'nightly', 'dev', 'rolling', 'lts'])

/** A tag of one number, such as `17` or `v2-alpine`, moves with every release; one with a whole version in it, such as `17-0.107.0`, does not. */
function isPinned(image: string): boolean {
  if (image.includes('@sha256:') || image.includes('${')) return true
  const last = image.slice(image.lastIndexOf('/') + 1)
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : undefined
  if (tag === undefined || tag === '') return false
  const words = tag.toLowerCase().split('-')
  return words.some((word) => /^v?\d+\.\d+\.\d+$/.test(word)) || (!floating.has(words[0]!) && !/^v?\d{1,3}$/.test(words[0]!))
}
