import type { ClusterClient } from '../cluster/cluster-client'
import type { ControlPlane } from '../cluster/control-plane'
import { loadManifests } from '../cluster/load-manifests'
import { asYaml } from '../harness/installed-objects'
import type { CompatibilityCase, Fields } from '@image-registry-operator/render/testing'
import { clearCluster } from './clear-cluster'

const group = 'imageregistry.operator.openshift.io'

const create = async (
  client: ClusterClient,
  kind: 'Config' | 'ImagePruner',
  spec: Fields | null,
): Promise<void> => {
  if (spec === null) return
  await client.send('POST', `/apis/${group}/v1/${kind.toLowerCase()}s`, {
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name: 'cluster' },
    spec,
  })
}

/** Brings a cluster into the state that an operator meets in a case; nothing of an earlier case is left. */
export const applyCase = async (
  controlPlane: Pick<ControlPlane, 'kubeconfigPath'>,
  client: ClusterClient,
  { facts, config, imagePruner }: CompatibilityCase,
): Promise<void> => {
  await clearCluster(client)
  await loadManifests(controlPlane, asYaml(facts))
  await create(client, 'ImagePruner', imagePruner)
  await create(client, 'Config', config)
}
