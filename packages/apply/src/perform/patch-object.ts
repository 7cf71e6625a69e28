import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import {
  names,
  type ApplyError,
  type KubeObject,
  type PatchObject,
} from '@image-registry-operator/render/model'

import { changedMeanwhile } from './changed-meanwhile'
import type { PerformDeps } from './perform-deps'
import { whileLeading } from './while-leading'

/** Takes something out of an object. The answer holds digests where values are. */
export const patchObject =
  (deps: PerformDeps) =>
  ({ ref, operations }: PatchObject): TE.TaskEither<ApplyError, KubeObject> =>
    pipe(
      deps.client.patch({ ref, operations, fieldManager: names.FIELD_MANAGER }),
      whileLeading(deps, ref),
      TE.mapLeft(changedMeanwhile),
      TE.map(deps.redact),
      TE.tapIO((object) => deps.remember({ _tag: 'Put', object })),
    )
