import type { Grant, Resource } from '@openova/core'
import { fromSecret, ownService, port } from './service.ts'
import type { CortexValues } from './values.ts'

const name = 'rag-service'
export const toolAddress = `http://${name}.cortex.svc:${port}/mcp`

interface Stores {
  llm: Grant<'llm'>
  milvus: string
  neo4j: string
}

/**
 * The tools by which agents search: passages in Milvus, found by embeddings and put in order by the reranker, and what hangs together in Neo4j.
 * Both models are the gateway's, so that every search is counted and traced there.
 */
export function retrieval({ retrieval: { image } }: CortexValues, { llm, milvus, neo4j }: Stores): Resource[] {
  return ownService(name, {
    image,
    replicas: 1,
    memory: '96Mi',
    secrets: [llm.secret, milvus, neo4j],
    env: [
      { name: 'LLM_URL', value: `${llm.url}/v1` },
      fromSecret('LLM_API_KEY', llm.secret, 'apiKey'),
      { name: 'EMBEDDING_MODEL', value: 'bge-m3' },
      { name: 'EMBEDDING_DIMENSIONS', value: '1024' },
      { name: 'RERANK_MODEL', value: 'bge-reranker' },
      { name: 'MILVUS_URL', value: 'http://milvus.milvus.svc:19530' },
      { name: 'MILVUS_USERNAME', value: 'root' },
      fromSecret('MILVUS_PASSWORD', milvus, 'password'),
      { name: 'NEO4J_URL', value: 'neo4j://neo4j.neo4j.svc:7687' },
      { name: 'NEO4J_USERNAME', value: 'neo4j' },
      fromSecret('NEO4J_PASSWORD', neo4j, 'password'),
      // Agents search; what is in the stores comes from elsewhere.
      { name: 'READ_ONLY', value: 'true' },
    ],
  })
}
