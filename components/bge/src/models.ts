import type { BgeValues } from './values.ts'

/** A model: its folder in the bucket, its Deployment and its Service have one name. */
export type Model = BgeValues['embeddings'] & { name: string }

export const modelsOf = ({ embeddings, reranker }: BgeValues): Model[] => [
  { name: 'bge-m3', ...embeddings },
  { name: 'bge-reranker', ...reranker },
]
