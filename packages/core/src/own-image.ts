/** An image that we build ourselves. No public registry has it, so that all of its name is a value. */
export interface OwnImage {
  registry: string
  name: string
  tag: string
}

/** Stands at every workload with such an image: what has to be pushed somewhere before the platform comes up. */
export const ownImageAnnotation = 'openova.io/own-image'

/** The image, and the annotation that tells it from what is public. */
export function ownImage({ registry, name, tag }: OwnImage): { image: string; annotations: Record<string, string> } {
  const image = `${registry}/${name}:${tag}`
  return { image, annotations: { [ownImageAnnotation]: image } }
}
