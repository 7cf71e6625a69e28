import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { names, type Bundle } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { identity, pipe } from 'fp-ts/function'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

const KEY = 'endpoints'

/** Where an Azure Stack says that its services are; empty where there is none. */
export const azureStackEndpoints = (bundles: ReadonlyArray<Bundle>): string =>
  bundles.find(
    ({ namespace, name }) =>
      namespace === names.CONFIG_NAMESPACE && name === names.CLOUD_PROVIDER_CONFIG_MAP,
  )?.data[KEY] ?? ''

/** Makes the file hold that text, or not be there where it is empty; gives what went wrong. */
export type KeepEndpoints = (content: string) => Task<string | undefined>

const failed = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'

/** Empty where there is no file. */
const content = (path: string): TE.TaskEither<string, string> =>
  pipe(
    TE.tryCatch(() => readFile(path, 'utf8'), identity),
    TE.orElse((cause) => (isMissing(cause) ? TE.right('') : TE.left(failed(cause)))),
  )

/** Whoever reads the file sees all of the old text or all of the new one. */
const replace = async (path: string, text: string): Promise<void> => {
  const folder = await mkdtemp(join(dirname(path), '.endpoints-'))
  try {
    await writeFile(join(folder, 'new'), text)
    await rename(join(folder, 'new'), path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const write = (path: string, text: string): TE.TaskEither<string, void> =>
  TE.tryCatch(() => (text === '' ? rm(path, { force: true }) : replace(path, text)), failed)

/**
 * Keeps the file at that path; nothing is touched that is right already. Without a path there is nothing to keep,
 * and that is a problem only once there is something to write.
 */
export const endpointsFile =
  (path: string): KeepEndpoints =>
  (text) => {
    if (path === '')
      return async () => (text === '' ? undefined : 'AZURE_ENVIRONMENT_FILEPATH is not set')
    const kept = pipe(
      content(path),
      TE.flatMap((now) => (now === text ? TE.right(undefined) : write(path, text))),
    )
    return async () => {
      const done = await kept()
      return E.isLeft(done) ? done.left : undefined
    }
  }
