import {
  isJsonObject,
  objectsOf,
  textOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import type { Things } from './storages'

const objectAt = (value: unknown): JsonObject => (isJsonObject(value) ? value : {})

/** What somebody pushes to a registry that was empty. */
const PUSHED = 5

const environment = (deployment: KubeObject): { readonly [name: string]: string } => {
  const template = objectAt(objectAt(deployment['spec'])['template'])
  return Object.fromEntries(
    objectsOf(objectAt(template['spec'])['containers'])
      .flatMap((container) => objectsOf(container['env']))
      .map(({ name, value }) => [textOf(name), textOf(value)]),
  )
}

/** Where the pods of a registry keep images; several where that cannot be told from what they are told. */
const keysOf = (deployment: KubeObject): ReadonlyArray<string> => {
  const said = environment(deployment)
  const of = (name: string): string => said[`REGISTRY_STORAGE_${name}`] ?? ''
  switch (said['REGISTRY_STORAGE']) {
    case 's3':
      return [`s3/${of('S3_BUCKET')}/bucket`, `ibmcos/${of('S3_BUCKET')}/bucket`]
    case 'gcs':
      return [`gcs/${of('GCS_BUCKET')}/bucket`]
    case 'azure':
      return [`azure/${of('AZURE_ACCOUNTNAME')}/${of('AZURE_CONTAINER')}/container`]
    case 'swift':
      return [`swift/${of('SWIFT_CONTAINER')}/container`]
    default:
      return []
  }
}

/** Somebody pushes images to a registry whose pods are there, if it has none. */
export const pushTo = (things: Things, deployment: KubeObject): void =>
  keysOf(deployment).forEach((key) => {
    const thing = things.get(key)
    if (thing?.images === 0) things.set(key, { ...thing, images: PUSHED })
  })
