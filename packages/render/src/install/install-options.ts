import type { Release } from '../model'

/** What the manifests of an installation depend on. */
export type InstallOptions = {
  readonly release: Release
  /** On plain Kubernetes the operator runs on any node, and the namespace of the cluster's configuration is made too. */
  readonly platform: 'OpenShift' | 'Kubernetes'
}
