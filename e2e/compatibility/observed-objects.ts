import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { identityOf } from '@image-registry-operator/render/testing'
import { belongsToNamespace, isInstalled, isOwned } from './owners'
import { writtenLists, writtenObjects } from './places'

/** Kinds of facts that an operator may change or remove; the others say nothing about it. */
const changeable = ['Image', 'PersistentVolumeClaim', 'Route']

const belongsToOthers = (object: KubeObject): boolean =>
  belongsToNamespace(object) || isInstalled(object) || isOwned(object)

/** Every object that an operator has written, or may have, as it is in the cluster; without the facts it was given. */
export const observedObjects = async (
  client: ClusterClient,
  facts: ReadonlyArray<KubeObject>,
): Promise<ReadonlyArray<KubeObject>> => {
  const given = facts.filter(({ kind }) => !changeable.includes(kind)).map(identityOf)
  const lists = await Promise.all(writtenLists.map((list) => client.list(list)))
  const single = await Promise.all(
    writtenObjects.map(async (path) => {
      const { code, body } = await client.request('GET', path)
      // Whatever the API server returns from such a path is an object.
      return code === 200 ? [body as KubeObject] : []
    }),
  )
  return [...lists.flat(), ...single.flat()].filter(
    (object) => !given.includes(identityOf(object)) && !belongsToOthers(object),
  )
}
