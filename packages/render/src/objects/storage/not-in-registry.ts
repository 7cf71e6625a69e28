import * as E from 'fp-ts/Either'

import { type ClusterFacts, registryBuild, type RenderProblem } from '../../model'

/** The registry of this cluster cannot use that storage; or not with those credentials, which are named for people. */
export const notInRegistry = (
  facts: ClusterFacts,
  backend: string,
  credentials?: string,
): E.Either<RenderProblem, never> =>
  E.left({
    _tag: 'StorageNotInRegistry',
    backend,
    build: registryBuild(facts),
    ...(credentials === undefined ? {} : { credentials }),
  })
