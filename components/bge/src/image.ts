/** Text Embeddings Inference is built for each generation of GPUs apart. */
const version = '1.9.3'
const generations: readonly (readonly [models: RegExp, prefix: string])[] = [
  [/^(T4|RTX 20|Quadro RTX)/i, 'turing-'],
  [/^(A100|A30)\b/i, ''],
  [/^(A2|A10G?|A16|A40|RTX A\d+|RTX 30)/i, '86-'],
  [/^(L4|L20|L40S?|RTX 40|RTX \d+ .*Ada)/i, '89-'],
  [/^(H20|H100|H200|GH200)\b/i, 'hopper-'],
]

/** The image for a GPU of that model, or for none; undefined where there is none for it. */
export function imageFor(model: string | undefined): string | undefined {
  const prefix = model === undefined ? 'cpu-' : prefixOf(model)
  return prefix === undefined ? undefined : `ghcr.io/huggingface/text-embeddings-inference:${prefix}${version}`
}

const prefixOf = (model: string) => generations.find(([models]) => models.test(model.replace(/^NVIDIA[- ]/i, '').replaceAll('-', ' ')))?.[1]
