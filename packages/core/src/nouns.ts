import type {
  Chart,
  HelmValues,
  Kind,
  KindName,
  List,
  Maybe,
  Need,
  Release,
  ReleaseOptions,
  Resource,
  ResourceBody,
  SecretAsk,
  Services,
  Size,
  Source,
  Workload,
} from './contract.ts'

type Parts<K extends Kind> = { readonly [P in Services[K]['credential']]: string }
interface NeedOptions<K extends Kind> {
  /** The Secret that the consumer's chart wants, from the parts of the credential. */
  secret?: (parts: Parts<K>) => Record<string, string>
  secretType?: string
  before?: 'install' | 'config'
}
type Asked<K extends Kind> = Services[K]['ask'] & NeedOptions<K>

export const database = (ask: Asked<'database'>): Need<'database', 'required'> => need('database', ask)
export const bucket = (ask: Asked<'bucket'>): Need<'bucket', 'required'> => need('bucket', ask)
export const cache = (ask: Asked<'cache'>): Need<'cache', 'required'> => need('cache', ask)
export const documents = (ask: Asked<'documents'>): Need<'documents', 'required'> => need('documents', ask)
export const analytics = (ask: Asked<'analytics'>): Need<'analytics', 'required'> => need('analytics', ask)
export const topic = (ask: Asked<'topic'>): Need<'topic', 'required'> => need('topic', ask)
export const gpu = (ask: Asked<'gpu'>): Need<'gpu', 'required'> => need('gpu', ask)
export const client = (ask: Asked<'client'>): Need<'client', 'required'> => need('client', ask)
export const llm = (ask: Asked<'llm'>): Need<'llm', 'required'> => need('llm', ask)
export const host = (ask: Services['host']['ask'] & { before?: 'install' | 'config' }): Need<'host', 'required'> => need('host', ask)

/** A Secret `name` in the component's namespace; each key says where it comes from. */
export function secret(
  name: string,
  keys: Readonly<Record<string, Source>>,
  options: Omit<SecretAsk, 'name' | 'keys'> & { before?: 'install' | 'config' } = {},
): Need<'secret', 'required'> {
  return need('secret', { name, keys, ...options })
}

/** Granted where the owner is chosen, `undefined` elsewhere. */
export const optional = <K extends Kind>(asked: Need<K, 'required'>): Need<K, 'optional'> => ({ ...asked, mode: 'optional' })

/** Random letters and digits of that length. */
export const generate = (length: number): Source => ({ generate: length })
/** A new private key in PEM. */
export const privateKey = (kind: 'rsa' | 'ecdsa' | 'ed25519'): Source => ({ privateKey: kind })
/** A person puts it into OpenBao; say what it is and where to get it. */
export const supply = (what: string): Source => ({ supply: what })
/** Made of the other keys of the same secret: `template('{{ .user }}:{{ .password }}')`. */
export const template = (text: string): Source => ({ template: text })
/** A Secret that exists before Flux does; say what brings it. */
export const day0 = (what: string): Source => ({ day0: what })

function need<K extends Kind>(kind: K, asked: Asked<K>): Need<K, 'required'> {
  const { secret: keys, secretType, before = 'install', ...ask } = asked
  const placeholders = new Proxy({}, { get: (_, part) => `{{ .${String(part)} }}` }) as Parts<K>
  return {
    kind,
    mode: 'required',
    ask,
    secret: typeof keys === 'function' ? keys(placeholders) : {},
    ...(secretType && { secretType }),
    before,
  }
}

export function release(
  name: string,
  { chart, workloads, values, ...options }: { chart: Chart; workloads: List<Workload>; values: HelmValues } & ReleaseOptions,
): Release {
  return { name, chart, workloads, values, options }
}

type Sized = Size & { replicas: number }
export const deployment = (name: string, size: Sized): Workload => ({ kind: 'Deployment', name, ...size })
export const statefulSet = (name: string, size: Sized): Workload => ({ kind: 'StatefulSet', name, ...size })
export const job = (name: string, size: Sized & Pick<Workload, 'once'>): Workload => ({ kind: 'Job', name, ...size })
/** One a node; where it runs on some of them only, `nodes` says on how many. */
export const daemonSet = (name: string, { nodes, ...size }: Size & { nodes?: number }): Workload => ({
  kind: 'DaemonSet',
  name,
  ...size,
  ...(nodes !== undefined && { replicas: nodes }),
})

/**
 * One Kubernetes object: `resource('postgresql.cnpg.io/v1/Cluster', 'registry', { spec: ... })`.
 * Keys whose value is undefined are dropped.
 */
export function resource<K extends KindName>(type: K, name: string, content: ResourceBody<K>): Resource {
  const { namespace, labels = {}, annotations = {}, workloads = [], ...body } = content
  const slash = type.lastIndexOf('/')
  return {
    apiVersion: type.slice(0, slash),
    kind: type.slice(slash + 1),
    name,
    ...(namespace !== undefined && { namespace }),
    labels,
    annotations,
    body,
    workloads: present(workloads),
  }
}

/** A list without what a condition left out. */
export function present<T>(list: readonly Maybe<T>[]): T[] {
  return list.filter((item): item is T => item !== undefined && item !== false)
}
