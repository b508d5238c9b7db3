import { type Facts, gpuNodes, type Maybe, type Problem } from '@openova/core'
import { imageFor } from './image.ts'
import type { BgeValues } from './values.ts'

export function noGpu({ region }: Facts<BgeValues>): Maybe<Problem> {
  if (gpuNodes(region) > 0) return undefined
  return {
    at: '',
    severity: 'warning',
    message: `Unexpected region ${region.name} without a GPU pool, expected one: embeddings and reranking run on CPU there, many times slower`,
    fix: 'add a pool with `gpu`, or take that for what it is',
  }
}

export function unknownGpu({ values: { gpuModel }, region }: Facts<BgeValues>): Maybe<Problem> {
  if (gpuNodes(region) === 0 || imageFor(gpuModel) !== undefined) return undefined
  return {
    at: 'gpuModel',
    message: `Unexpected GPU \`${gpuModel}\`, expected one that Text Embeddings Inference has an image for: T4, A100, A30, A10, A40, L4, L40S, RTX of the generations Ampere and Ada, H100`,
    fix: 'set `gpuModel` to that of a pool with one of them',
  }
}
