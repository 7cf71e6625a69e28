import type { Marks, PartKind, StorageBackend } from '../model'
import { names } from '../model'

/** Whose things are marked: a Config, and the cluster that it is in. */
export type Owner = {
  /** Empty in a file that no cluster has seen. */
  readonly configUid: string
  /** The cluster's `infrastructureName`; empty where there is none. */
  readonly infrastructureName: string
  /** The original operator may have run in it: only on OpenShift it ever did. */
  readonly mayHaveOriginal: boolean
}

const unlessEmpty = (name: string, value: string): Marks => (value === '' ? {} : { [name]: value })

/** The longest label of Google Cloud, and what it may consist of. */
const LABEL_LENGTH = 63
const labelText = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .slice(0, LABEL_LENGTH)

/** What a thing carries that this Config has had made. Names and lengths are those that the service allows. */
export const ownMarks = (backend: StorageBackend, kind: PartKind, { configUid }: Owner): Marks => {
  switch (backend) {
    case 'S3':
    case 'IbmCos':
      return unlessEmpty(names.CONFIG_UID_MARK, configUid)
    case 'Gcs':
      return unlessEmpty('imageregistry-operator-config-uid', configUid)
    case 'Swift':
      return unlessEmpty('imageregistry-config-uid', configUid)
    case 'Azure':
      return kind === 'container'
        ? unlessEmpty('imageregistryconfiguid', configUid)
        : unlessEmpty(names.CONFIG_UID_MARK.replace('/', '_'), configUid)
  }
}

/** What the original operator puts on what it makes for a cluster; nothing where it puts nothing. */
export const clusterMarks = (
  backend: StorageBackend,
  kind: PartKind,
  { infrastructureName: cluster }: Owner,
): Marks => {
  if (cluster === '') return {}
  switch (backend) {
    case 'S3':
      return { [`kubernetes.io/cluster/${cluster}`]: 'owned' }
    case 'Gcs':
      return { [labelText(`kubernetes-io-cluster-${cluster}`)]: 'owned' }
    case 'Swift':
      return { openshiftclusterid: cluster }
    case 'IbmCos':
      // No tags are shown there: the driver tells whether the identity that asks is the one that made it.
      return { name: `${cluster}-image-registry`, 'created-by': 'self' }
    case 'Azure':
      return kind === 'container' ? {} : { [`kubernetes.io_cluster.${cluster}`]: 'owned' }
  }
}

/** By what a thing is known that the original operator has made for this cluster. */
export const formerMarks = (backend: StorageBackend, kind: PartKind, owner: Owner): Marks =>
  owner.mayHaveOriginal ? clusterMarks(backend, kind, owner) : {}
