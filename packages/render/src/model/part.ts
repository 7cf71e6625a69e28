/**
 * A piece of what the operator keeps right. Parts fail, and are reported, independently of each other.
 *
 * - `registry`: the registry itself; it comes and goes with the management state
 * - `config`: what we decide in the Config, and the Config itself where there is none
 * - `pruner`: the regular clean-up of images
 * - `certificates`: the bundles of certificate authorities
 * - `node-ca`: the authorities on the nodes
 * - `image-config`: what the cluster's image configuration says about the registry
 * - `cluster-operator`: what the cluster is told about us
 * - `legacy`: what earlier versions left behind
 */
export type Part =
  | 'registry'
  | 'config'
  | 'pruner'
  | 'certificates'
  | 'node-ca'
  | 'image-config'
  | 'cluster-operator'
  | 'legacy'
