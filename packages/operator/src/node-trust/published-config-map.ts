import {
  type Clock,
  describeObserveError,
  type KubeClient,
  startObserver,
} from '@image-registry-operator/apply'
import { isJsonObject, type KubeObject, names } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as TE from 'fp-ts/TaskEither'

export type PublishedDeps = {
  readonly client: Pick<KubeClient, 'list' | 'watch' | 'discover'>
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: IO<number>
  readonly onChange: IO<void>
  readonly onProblem: (message: string) => IO<void>
}

export type Published = {
  /** The ConfigMap; undefined where there is none. A Left says why nobody knows. */
  readonly configMap: TE.TaskEither<string, KubeObject | undefined>
  readonly stop: IO<void>
}

const CONFIG_MAP = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespace: names.REGISTRY_NAMESPACE,
  name: names.SERVING_CA_CONFIG_MAP,
} as const

const isPublished = (value: unknown): value is KubeObject =>
  // Beside it there is what the cluster serves.
  isJsonObject(value) && value['kind'] === CONFIG_MAP.kind

/** Watches what the operator publishes for nodes. */
export const watchPublished =
  (deps: PublishedDeps): IO<Published> =>
  () => {
    const observer = startObserver(
      {
        ...deps,
        redact: (object) => object,
        keep: (object) => object,
        onProblem: (_, message) => deps.onProblem(message)(),
      },
      [CONFIG_MAP],
    )()
    return {
      configMap: pipe(
        observer.snapshot,
        TE.bimap(describeObserveError, (snapshot) => snapshot.find(isPublished)),
      ),
      stop: observer.stop,
    }
  }
