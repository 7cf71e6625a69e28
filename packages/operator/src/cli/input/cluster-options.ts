import type { ConnectionSource } from '@image-registry-operator/apply'

/** Flags that say which cluster to talk to. */
export type ClusterOptions = { readonly kubeconfig?: string; readonly context?: string }

/** The cluster that the flags name; without any, the one that kubectl would take, or the one that we run in. */
export const connectionSource = ({ kubeconfig, context }: ClusterOptions): ConnectionSource => {
  const chosen = context === undefined ? {} : { context }
  return kubeconfig === undefined
    ? { _tag: 'Default', ...chosen }
    : { _tag: 'File', path: kubeconfig, ...chosen }
}
