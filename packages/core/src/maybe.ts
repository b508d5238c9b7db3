/** May be left out by a condition: `values.ui && host(...)`. */
export type Maybe<T> = T | false | undefined
export type List<T> = readonly Maybe<T>[]
