import {
  isJsonObject,
  names,
  objectsOf,
  textOf,
  type Json,
  type JsonObject,
  type Release,
  type Snapshot,
} from '@image-registry-operator/render/model'

const child = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) ? value[name] : undefined

const isRegistry = (value: unknown): value is JsonObject =>
  isJsonObject(value) &&
  value['kind'] === 'Deployment' &&
  child(value['metadata'], 'name') === names.REGISTRY_NAME &&
  child(value['metadata'], 'namespace') === names.REGISTRY_NAMESPACE

const imageOf = (deployment: JsonObject): string => {
  const pod = child(child(deployment['spec'], 'template'), 'spec')
  const registry = objectsOf(child(pod, 'containers')).find(({ name }) => name === 'registry')
  return textOf(registry?.['image'])
}

const versionOf = (deployment: JsonObject): string =>
  textOf(child(child(deployment['metadata'], 'annotations'), names.VERSION_ANNOTATION))

/**
 * A release in which whatever nobody said is as it runs. Without that, everybody who asks from a laptop what
 * would change would be told that the image does.
 */
export const completedFrom = (snapshot: Snapshot, release: Release): Release => {
  const deployment = snapshot.find(isRegistry)
  if (deployment === undefined || release.registryImage !== '') return release
  return {
    ...release,
    registryImage: imageOf(deployment),
    version: release.version === '' ? versionOf(deployment) : release.version,
  }
}
