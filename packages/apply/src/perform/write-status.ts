import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { names, type ApplyError, type KubeObject } from '@image-registry-operator/render/model'

import type { PerformDeps } from './perform-deps'
import { whileLeading } from './while-leading'

/** Writes the fields under `status` of the object, and gives it as it is now, with digests for its secret values. */
export const writeStatus =
  (deps: Pick<PerformDeps, 'client' | 'redact' | 'remember' | 'mayWrite'>) =>
  (object: KubeObject): TE.TaskEither<ApplyError, KubeObject> =>
    pipe(
      deps.client.apply({
        object,
        fieldManager: names.STATUS_FIELD_MANAGER,
        force: true,
        subresource: 'status',
      }),
      whileLeading(deps, object),
      TE.map(deps.redact),
      TE.tapIO((written) => deps.remember({ _tag: 'Put', object: written })),
    )
