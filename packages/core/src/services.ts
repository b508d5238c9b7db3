import type { Maybe } from './maybe.ts'
import type { UnitName } from './names.ts'

/** Shared services: what one asks for, what one is granted, and the parts of its credential; one row each. */
export interface Services {
  database: {
    ask: {
      name: string
      /** Volume of each instance. */
      storage?: string
      /** `regional`: every region has its own, writable. `replicated`: one write node, the peer follows. */
      scope?: 'regional' | 'replicated'
      /** `documentdb`: PostgreSQL with the extension that FerretDB speaks to; a cluster of its own. */
      engine?: 'postgresql' | 'documentdb'
      /** Collation and character classes; default that of the image. */
      locale?: string
      /** Its user may read the log of changes: logical replication by the publication `changes`, which has all tables. */
      changes?: boolean
    }
    grant: { host: string; port: number; database: string; username: string }
    credential: 'username' | 'password' | 'host' | 'database'
  }
  /** A database of documents, spoken to as MongoDB is. */
  documents: {
    ask: { name: string }
    grant: { host: string; port: number; database: string; username: string }
    credential: 'username' | 'password' | 'host' | 'database'
  }
  /** A database for analytical queries. */
  analytics: {
    ask: {
      name: string
      /** Its user may make tables that read Kafka. */
      kafka?: boolean
    }
    /** `port` speaks the native protocol, `httpPort` HTTP; `cluster` is the name for `ON CLUSTER`. */
    grant: { host: string; port: number; httpPort: number; database: string; username: string; cluster: string }
    credential: 'username' | 'password' | 'host' | 'database'
  }
  /** Records in topics; one user for all topics of the need. */
  topic: {
    ask: {
      /** Topics that it writes; each is made for it. Two who write the same say the same of it. */
      writes?: readonly Topic[]
      /** Topics that it reads: whole names, or a prefix that ends in `*`. */
      reads?: readonly string[]
      /** Topics below these prefixes it makes, writes and reads by itself, as Kafka Connect does. */
      manages?: readonly string[]
      /** Prefix of its consumer groups and transactions; default the name of the consumer. */
      group?: string
    }
    /** `bootstrap` is `host:port`: TLS by the platform CA, SCRAM-SHA-512. */
    grant: { bootstrap: string; username: string; group: string }
    credential: 'username' | 'password'
  }
  /** A login: an OpenID Connect client in the platform's realm. */
  client: {
    ask: {
      /** Client id. */
      name: string
      /** Where a login may return to: names of hosts (see `host`), and paths there. */
      returnsTo: readonly { host: string; paths: readonly string[] }[]
      /** Roles of this client that a person can be given; they stand in the claim `roles`. */
      roles?: readonly string[]
      /** A client without a secret, such as a page in a browser; it proves itself by PKCE. */
      public?: boolean
      /** It may ask for tokens in its own name. */
      serviceAccount?: boolean
    }
    /** `issuer` is what tokens say and browsers reach; `internal` the same realm for pods, by the Service; both without trailing slash. */
    grant: { clientId: string; realm: string; issuer: string; internal: string }
    credential: 'clientId' | 'clientSecret'
  }
  /** A key of its own for the language models behind the gateway. */
  llm: {
    ask: {
      /** Names of models that the key may call; default all. */
      models?: readonly string[]
    }
    /** `url` without path: `/v1` below it speaks as OpenAI does. `models` are those for chat, the one to take by default first; with none there is no model yet. */
    grant: { url: string; models: readonly string[] }
    /** `apiKey` is what callers send, `token` the random part of it. */
    credential: 'token' | 'apiKey'
  }
  bucket: {
    ask: {
      name: string
      versioned?: boolean
      /** Both regions hold the same objects. */
      replicated?: boolean
      /** Its consumer in the other region reads it. */
      readByPeer?: boolean
      /** What is old moves to the archival storage. */
      tier?: boolean
      /**
       * What is brought into it before the consumer starts, where the consumer writes; the other region waits for its copy.
       * With it comes a Secret `<secret>-ca` beside that of the credential, whose `ca.crt` proves the endpoint;
       * the credential keeps the names of its parts, or is called AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
       */
      holds?: readonly Holding[]
    }
    /** `endpoint` without path, `https://host:port`. */
    grant: { endpoint: string; bucket: string }
    credential: 'accessKey' | 'secretKey'
  }
  cache: {
    ask: {
      /** `regional`: every region has its own, writable. `replicated`: one write node, the peer follows. */
      scope?: 'regional' | 'replicated'
      /** It turns a follower into the writer: it is led to the server of its own region, whichever this is. */
      promotes?: boolean
    }
    /** `address` is `host:port`; no TLS. */
    grant: { address: string }
    credential: 'username' | 'password'
  }
  /** GPUs for one pod: what it must say to get them. */
  gpu: {
    ask: {
      /** As a pool of the region names it, `A10`. */
      model: string
      count: number
    }
    grant: {
      runtimeClassName: string
      nodeSelector: Readonly<Record<string, string>>
      tolerations: readonly { key: string; operator: 'Exists' }[]
    }
    credential: never
  }
  host: {
    ask: {
      /** First label of the host name, `{name}.{domain}`. */
      name: string
      service: string
      port: number
      audience?: 'public' | 'internal'
      /** Public hosts pass the WAF unless a reason stands here. */
      waf?: { off: string }
    }
    /** `url` for clients, `https://{name}.{domain}`; `regionUrl` for this region only, `https://{name}.{code}.{domain}`. */
    grant: { name: string; url: string; regionName: string; regionUrl: string }
    credential: never
  }
  secret: { ask: SecretAsk; grant: Record<never, never>; credential: never }
}
export type Kind = keyof Services

/**
 * Generated with that length, or as a private key in PEM; supplied by a person (what to put there), made of other keys (`{{ .password }}`),
 * or brought by hand on day 0.
 */
export type Source =
  | { generate: number }
  | { privateKey: 'rsa' | 'ecdsa' | 'ed25519' }
  | { supply: string }
  | { template: string }
  | { day0: string }

export interface Topic {
  /** `siem.falco`. */
  name: string
  /** Default 3. */
  partitions?: number
  /** Hours for which records are kept; default 168. */
  hours?: number
  /** MiB of the largest record; default 1. */
  largest?: number
  /** Only the newest record of a key is kept, for ever. */
  compact?: boolean
}

/** Files below a path of a bucket. */
export interface Holding {
  path: string
  /** `hf://<repository>:<commit>` at Hugging Face. */
  from: string
}

export interface SecretAsk {
  /** Name of the Secret in the consumer's namespace. */
  name: string
  keys: Readonly<Record<string, Source>>
  /** `region` (default): each region its own. `shared`: made in the origin region, pushed to the peer. */
  scope?: 'region' | 'shared'
  /** Region that makes a shared secret; default the first. A switch of the write region does not move it. */
  origin?: string
  /** Secret type, such as `kubernetes.io/basic-auth`. */
  type?: string
  /** Where it lies below `secret/` of OpenBao; default by scope, component and name. */
  path?: string
  /** Reads what another claim on the same path makes. */
  readOnly?: boolean
  /** Namespace, where it is not the consumer's own. */
  namespace?: string
}

export interface Need<K extends Kind = Kind, M extends 'required' | 'optional' = 'required' | 'optional'> {
  readonly kind: K
  readonly mode: M
  readonly ask: Services[K]['ask']
  /** Key of the consumer's Secret -> template over the credential. */
  readonly secret: Readonly<Record<string, string>>
  /** Type of that Secret, such as `kubernetes.io/basic-auth`. */
  readonly secretType?: string
  /** The stage that waits for it; for 'config' its objects lie in `config`, never in `needs`. */
  readonly before: 'install' | 'config'
}
export type Needs = { readonly [key: string]: Maybe<Need> }
/** `secret` is the Secret in the consumer's namespace; `peer` the same service in the other region, seen from here. */
export type Grant<K extends Kind> = Services[K]['grant'] & { secret: string; peer?: Services[K]['grant'] }
export type Grants<N extends Needs> = { readonly [P in keyof N]: Granted<N[P]> }
type Granted<T> = T extends Need<infer K, infer M> ? Grant<K> | ('optional' extends M ? undefined : never) : undefined

/** A need as its owner sees it. */
export type Claim<K extends Kind = Kind> = { [P in K]: ClaimOf<P> }[K]
export interface ClaimOf<K extends Kind> {
  kind: K
  ask: Services[K]['ask']
  /** Who asks, and under which key of its needs. */
  consumer: UnitName
  key: string
  /** Namespace of the consumer. */
  namespace: string
  before: 'install' | 'config'
  /** Name of the consumer's Secret with this credential, in the consumer's namespace. */
  secret: string
  /** Name of the Secret with the parts of the credential in the owner's namespace, where the service keeps a copy. */
  credential: string
  grant: Grant<K>
  /** The bucket that the service asked for on behalf of this claim. */
  backup?: Grant<'bucket'>
}

/** Container ports that a service opens. */
export interface Opens {
  /** At the owner, for its consumers. */
  atOwner?: readonly number[]
  /** At the owner, for its consumers in the other region too. */
  atPeer?: readonly number[]
  /** At the consumer, for the owner. */
  atConsumer?: readonly number[]
  /** At the consumer, for the same consumer in the other region. */
  betweenRegions?: readonly number[]
  /** At the consumer, for those who read metrics. */
  metrics?: readonly number[]
  /** Hosts on the internet that the service calls from the consumer's namespace, `huggingface.co:443`. */
  internet?: readonly string[]
}
