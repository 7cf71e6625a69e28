import * as TE from 'fp-ts/TaskEither'
import { pipe } from 'fp-ts/function'

import type { ApplyError, KubeObject } from '@image-registry-operator/render/model'

import type { KubeClient } from '../client/kube-client'
import type { PerformDeps } from './perform-deps'
import { whileLeading } from './while-leading'

export type CreateEventDeps = Pick<PerformDeps, 'mayWrite'> & {
  readonly client: Pick<KubeClient, 'createObject'>
}

/** Writes one Event. It is not tried again: who reads Events can do without any of them. */
export const createEvent =
  (deps: CreateEventDeps) =>
  (event: KubeObject): TE.TaskEither<ApplyError, void> =>
    pipe(
      deps.client.createObject(event),
      whileLeading(deps, event),
      TE.map(() => undefined),
    )
