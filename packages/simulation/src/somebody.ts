import type { ObjectDatabase } from '@image-registry-operator/apply/testing'
import {
  isJsonObject,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { OWN_NAME } from './wishes/others'
import type { World } from './world'

type Found = readonly [Parameters<ObjectDatabase['put']>[0], KubeObject]

export type Somebody = {
  /** Deletes something that an operator has made. */
  readonly remove: () => void
  /** Changes something that an operator has made. */
  readonly change: () => void
  /** Changes something of his own, which is none of an operator's business. */
  readonly touch: (count: number) => void
}

type Change = (object: KubeObject) => KubeObject

const withSpec =
  (fields: JsonObject): Change =>
  (object) => {
    const spec: JsonObject = isJsonObject(object['spec']) ? object['spec'] : {}
    const { generation } = object.metadata
    return {
      ...object,
      metadata: {
        ...object.metadata,
        ...(generation === undefined ? {} : { generation: generation + 1 }),
      },
      spec: { ...spec, ...fields },
    }
  }

/** What may be spoilt, and how. */
const CHANGES: { readonly [kind: string]: Change } = {
  Deployment: withSpec({ replicas: 7 }),
  Service: withSpec({ selector: { somebody: 'else' } }),
  PodDisruptionBudget: withSpec({ minAvailable: 0 }),
  ClusterRole: (object) => ({ ...object, rules: [] }),
}

const REMOVABLE = [...Object.keys(CHANGES), 'ServiceAccount', 'NetworkPolicy', 'DaemonSet', 'Route']

/** Somebody who may write in the cluster, and should not. */
export const somebody = ({
  world,
  database,
  isOwn,
}: {
  readonly world: World
  readonly database: ObjectDatabase
  readonly isOwn: (uid: string) => boolean
}): Somebody => {
  const chosen = (kinds: ReadonlyArray<string>): Found | undefined => {
    const all = database
      .everything()
      .filter(([{ kind }, { metadata }]) => kinds.includes(kind) && isOwn(metadata.uid ?? ''))
    return all[world.choices.choose(all.length)]
  }
  const meddle =
    (what: string, kinds: ReadonlyArray<string>, act: (found: Found) => void) => (): void => {
      const found = chosen(kinds)
      if (found === undefined) return
      world.tell(`somebody ${what} ${found[1].kind} ${found[1].metadata.name}`)
      act(found)
    }
  return {
    remove: meddle('deletes', REMOVABLE, ([resource, object]) => {
      database.remove(resource, object)
    }),
    change: meddle('changes', Object.keys(CHANGES), ([resource, object]) => {
      database.put(resource, CHANGES[object.kind]?.(object) ?? object)
    }),
    touch: (count) => {
      const found = database
        .everything()
        .find(([{ kind }, { metadata }]) => kind === 'ConfigMap' && metadata.name === OWN_NAME)
      if (found === undefined) return
      const [resource, object] = found
      const labels = { touched: String(count) }
      database.put(resource, { ...object, metadata: { ...object.metadata, labels } })
    },
  }
}
