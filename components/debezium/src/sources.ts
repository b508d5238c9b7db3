import { type Grant, platformCa } from '@openova/core'
import type { DebeziumValues } from './values.ts'

/** A database to read. */
export interface Source {
  name: string
  host: string
  port: number
  database: string
  publication: string
  tables: readonly string[]
  outbox: string
  /** Secret with `username` and `password`. */
  secret: string
  /** File with the CA of its certificate. */
  ca: string
  /** Whether the position is kept when another of its servers takes over. */
  followed: boolean
}

export function ownSource({ host, port, database, secret }: Grant<'database'>, { tables, outbox }: DebeziumValues['database']): Source {
  return { name: 'source', host, port, database, publication: 'changes', tables, outbox, secret, ca: internalCa, followed: true }
}

export function outsideSource(source: DebeziumValues['sources'][number]): Source {
  const secret = secretOf(source.name)
  return { ...source, outbox: '', secret, ca: `${mountOf(secret)}/ca`, followed: false }
}

export const secretOf = (name: string): string => `source-${name}`

/** Where the keys of a Secret lie as files. */
export const mountOf = (secret: string): string => `/mnt/${secret}`

const internalCa = `${mountOf(platformCa.secret)}/ca.crt`
