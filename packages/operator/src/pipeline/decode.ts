import { decode as decodeSnapshot } from '@image-registry-operator/render'
import type { Observation, Release, Snapshot } from '@image-registry-operator/render/model'
import * as RTE from 'fp-ts/ReaderTaskEither'

export type DecodeDeps = { readonly release: Release }

/** What it means. A Config that cannot be used is a value in it, not a failure. */
export const decode = (snapshot: Snapshot): RTE.ReaderTaskEither<DecodeDeps, never, Observation> =>
  RTE.asks(({ release }) => decodeSnapshot(snapshot, release))
