/** Bodies of Kubernetes objects by `apiVersion/Kind`; generated types narrow it kind by kind. */
export interface Kinds {
  [kind: `${string}/${string}`]: { [key: string]: unknown }
}
