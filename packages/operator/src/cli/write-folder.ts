import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { KubeObject } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from './input-problem'
import { printed, toYaml, type ManifestFormat } from './print-manifests'

type OutputFile = { readonly name: string; readonly text: string }

/** Names of RBAC objects hold colons, which some file systems do not take. */
const fileName = ({ kind, metadata }: KubeObject, format: ManifestFormat): string =>
  `${kind}-${metadata.name}`.toLowerCase().replace(/[^a-z0-9.-]/g, '-') + `.${format}`

const kustomization = (files: ReadonlyArray<OutputFile>): OutputFile => ({
  name: 'kustomization.yaml',
  text: toYaml({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map(({ name }) => name),
  }),
})

const cannotWrite =
  (where: string) =>
  (cause: unknown): InputProblem =>
    inputProblem(
      where,
      `it cannot be written (${cause instanceof Error ? cause.message : String(cause)})`,
      'check the folder given to --output-dir',
    )

const writeOne =
  (folder: string) =>
  ({ name, text }: OutputFile): TE.TaskEither<InputProblem, void> =>
    TE.tryCatch(() => writeFile(join(folder, name), text), cannotWrite(join(folder, name)))

/** Writes one file per object, and a kustomization.yaml that names them in the order in which to apply them. */
export const writeFolder =
  (folder: string, format: ManifestFormat) =>
  (objects: ReadonlyArray<KubeObject>): TE.TaskEither<InputProblem, void> => {
    const files = objects.map((object) => ({
      name: fileName(object, format),
      text: printed(object, format),
    }))
    return pipe(
      TE.tryCatch(() => mkdir(folder, { recursive: true }), cannotWrite(folder)),
      TE.flatMap(() => TE.traverseSeqArray(writeOne(folder))([...files, kustomization(files)])),
      TE.asUnit,
    )
  }
