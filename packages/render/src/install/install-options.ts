import type { Release } from '../model'
import type { Profile } from './release-annotations'

/** What the manifests of an installation depend on. */
export type InstallOptions = {
  readonly release: Release
  /**
   * On plain Kubernetes the operator runs on any node, and the namespaces of the cluster's configuration are made too.
   * Nobody issues certificates or cloud credentials there.
   */
  readonly platform: 'OpenShift' | 'Kubernetes'
  /** What of it: what the release tooling would install in such a cluster, or the whole content of a release. */
  readonly profile: Profile | 'all'
  /** Whether the kinds of the Prometheus operator are there, as they always are on OpenShift. */
  readonly monitoring: boolean
  /**
   * The folder in which the nodes' containerd looks for registries (its `config_path`), for the registry to be told of there; not
   * given: no node is touched. Plain Kubernetes only.
   */
  readonly nodeTrust?: string
}
