import { type KubeObject, names } from '../model'
import { installManifests } from './install-manifests'
import type { InstallOptions } from './install-options'

const inOurNamespace = (apiVersion: string, kind: string, name: string): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: names.REGISTRY_NAMESPACE },
})

/** What the operator has made for itself, and leaves behind when the registry goes. */
const LEFT_BEHIND: ReadonlyArray<KubeObject> = [
  inOurNamespace('v1', 'ConfigMap', names.CERTIFICATES_CONFIG_MAP),
  inOurNamespace('batch/v1', 'CronJob', names.PRUNER_NAME),
  inOurNamespace('coordination.k8s.io/v1', 'Lease', names.LEASE_NAME),
]

const named = ({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
})

/**
 * What goes with the operator on plain Kubernetes, whether it was installed or not, in the order in which to delete it: first who would put the rest back, last
 * the definitions, with which every Config goes. Namespaces are not among it: what people have put into them would go too.
 */
export const uninstallManifests = (
  options: Pick<InstallOptions, 'monitoring' | 'release'>,
): ReadonlyArray<KubeObject> => {
  const installed = installManifests({
    ...options,
    platform: 'Kubernetes',
    profile: 'all',
    // Only the names are of interest. Unlike the kinds of Prometheus, its kinds are everywhere.
    nodeTrust: '/',
  })
    .filter(({ kind }) => kind !== 'Namespace')
    .map(named)
  const isDefinition = ({ kind }: KubeObject): boolean => kind === 'CustomResourceDefinition'
  return [
    ...installed.filter((object) => !isDefinition(object)).reverse(),
    ...LEFT_BEHIND,
    ...installed.filter(isDefinition),
  ]
}
