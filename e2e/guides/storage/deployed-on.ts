import { expect } from 'vitest'

import type { ClusterClient, KubeObject } from '../../cluster/cluster-client'
import { deploymentPath } from '../../harness/registry-objects'

type Volume = Readonly<{
  name: string
  persistentVolumeClaim?: Readonly<{ claimName: string }>
}>

const volumesOf = ({ spec }: KubeObject): ReadonlyArray<Volume> =>
  // Whatever the API server has there is a Deployment.
  (spec as { template: { spec: { volumes: ReadonlyArray<Volume> } } }).template.spec.volumes

/** Fails unless the pods of the registry keep images on this claim, or on none. */
export const deployedOn = async (
  client: ClusterClient,
  claim: string | undefined,
): Promise<void> => {
  const volumes = volumesOf(await client.send('GET', deploymentPath))
  const claims = volumes.flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined ? [] : [persistentVolumeClaim.claimName],
  )
  expect(claims).toEqual(claim === undefined ? [] : [claim])
}
