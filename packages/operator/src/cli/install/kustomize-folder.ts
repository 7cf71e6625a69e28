import { isJsonArray, isJsonObject, type KubeObject } from '@image-registry-operator/render/model'

import { objectFileName } from './object-file-names'
import { type ManifestFormat, printed, toYaml } from '../print-manifests'
import type { OutputFolder } from './write-folder'

const namedIn = (index: unknown): ReadonlyArray<string> => {
  const resources = isJsonObject(index) ? index['resources'] : undefined
  return isJsonArray(resources) ? resources.filter((name) => typeof name === 'string') : []
}

/** One file per object, and a kustomization.yaml that names them in the order in which to apply them. */
export const kustomizeFolder = (
  objects: ReadonlyArray<KubeObject>,
  format: ManifestFormat,
): OutputFolder => {
  const files = objects.map((object) => ({
    name: `${objectFileName(object, objects)}.${format}`,
    text: printed(object, format),
  }))
  const index = toYaml({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map(({ name }) => name),
  })
  return { index: { name: 'kustomization.yaml', text: index }, namedIn, files }
}
