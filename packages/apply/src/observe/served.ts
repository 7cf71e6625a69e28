import {
  textOf,
  groupOf,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

import type { Collection } from '../client/kube-client'

const objects = (value: Json | undefined): ReadonlyArray<JsonObject> =>
  isJsonArray(value) ? value.filter(isJsonObject) : []

const nameOf = ({ metadata }: JsonObject): Json | undefined =>
  isJsonObject(metadata) ? metadata['name'] : undefined

/** Old servers do not name resources: then the version being there has to do. */
const hasResource = (version: JsonObject, plural: string): boolean =>
  !isJsonArray(version['resources']) ||
  objects(version['resources']).some((resource) => resource['resource'] === plural)

/** Whether the cluster serves a kind, by what discovery said. The core group always is. */
export const isServed =
  (discovery: JsonObject) =>
  ({ apiVersion, plural }: Pick<Collection, 'apiVersion' | 'plural'>): boolean => {
    const group = groupOf(apiVersion)
    return (
      group === '' ||
      objects(discovery['items'])
        .filter((item) => nameOf(item) === group)
        .flatMap((item) => objects(item['versions']))
        .filter((version) => `${group}/${textOf(version['version'])}` === apiVersion)
        .some((version) => hasResource(version, plural))
    )
  }

/** Whether it is of no interest in a cluster that serves all this. */
export const isExcluded =
  (discovery: JsonObject) =>
  ({ unlessServed }: Pick<Collection, 'unlessServed'>): boolean =>
    unlessServed !== undefined && isServed(discovery)(unlessServed)
