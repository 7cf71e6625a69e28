import * as E from 'fp-ts/Either'

import {
  type DesiredObject,
  type Fill,
  type KubeObject,
  type ObjectRef,
  type RenderProblem,
  type Withheld,
} from '../model'
import { withChecksum } from './checksum'
import { withSortedKeys } from './sorted-keys'

/** What became of one object: it can be said, or it is withheld and what is live of it stays. */
export type Rendered = E.Either<Withheld, DesiredObject>

export const withheld = (ref: ObjectRef, problem: RenderProblem): Rendered =>
  E.left({ ref, problem })

/** An object that is put back whenever it differs. `digested` is what its checksum says, where that is not all of it. */
export const converging = (
  object: KubeObject,
  fills: ReadonlyArray<Fill> = [],
  digested: KubeObject = object,
): Rendered =>
  E.right({ object: withSortedKeys(withChecksum(object, digested)), fills, mode: 'converge' })

/** An object that is made when it is missing and left alone from then on. */
export const createdOnce = (object: KubeObject): Rendered =>
  E.right({ object: withSortedKeys(object), fills: [], mode: 'create-only' })
