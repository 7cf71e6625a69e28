import {
  isJsonObject,
  type Json,
  type JsonObject,
  keyOf,
  type KubeObject,
  refOf,
} from '../../model'
import { treeOf } from '../server-side-apply'
import { ownedContent } from '../../fields/owned-content'

/** All objects of a cluster by `keyOf`, as the API server has them: with the values of secrets. */
export type World = ReadonlyMap<string, KubeObject>

export const keyOfObject = (object: KubeObject): string => keyOf(refOf(object))

export const withObject = (world: World, object: KubeObject): World =>
  new Map([...world, [keyOfObject(object), object]])

export const without = (world: World, key: string): World =>
  new Map([...world].filter(([other]) => other !== key))

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/** What of an object somebody wishes; the rest reports, or says who did what. */
const wishOf = ({ metadata: _metadata, status: _status, ...wish }: KubeObject): JsonObject => wish

/** The object as the API server stores it in the place of another one: a new wish is a new generation. */
export const stored = (object: KubeObject, before: KubeObject | undefined): KubeObject => {
  const { generation = 0 } = before?.metadata ?? {}
  const isNew = before === undefined || !isSame(wishOf(object), wishOf(before))
  return {
    ...object,
    metadata: { ...object.metadata, generation: isNew ? generation + 1 : generation },
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A Secret's texts become data, as the API server does it. */
const withData = (object: KubeObject): KubeObject => {
  const { stringData, ...others } = object
  if (!isJsonObject(stringData)) return object
  const given = Object.entries(stringData).map(
    ([key, text]) => [key, base64(String(text))] as const,
  )
  // What identifies the object is still there.
  return { ...others, data: Object.fromEntries(given) }
}

/** An object that somebody makes, and owns. */
export const madeBy = (manager: string, object: KubeObject): KubeObject => {
  const made = withData(object)
  return stored(
    {
      ...made,
      metadata: {
        ...made.metadata,
        uid: `uid-of-${keyOfObject(made)}`,
        resourceVersion: '1',
        managedFields: [
          {
            manager,
            operation: 'Update',
            apiVersion: made.apiVersion,
            fieldsV1: treeOf(ownedContent(made)),
          },
        ],
      },
    },
    undefined,
  )
}
