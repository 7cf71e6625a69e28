import * as E from 'fp-ts/Either'

import {
  type DesiredObject,
  type Fill,
  type KubeObject,
  type ObjectRef,
  type RenderProblem,
  type Withheld,
} from '../model'
import { withChecksum } from './deployment/checksum'
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

/** An object without the original's checksum, that is put back whenever it differs. */
export const convergingPlain = (object: KubeObject, fills: ReadonlyArray<Fill> = []): Rendered =>
  E.right({ object: withSortedKeys(object), fills, mode: 'converge' })

/** Fields of an object's status that are put back whenever they differ. */
export const convergingStatus = (object: KubeObject): Rendered =>
  E.right({ object: withSortedKeys(object), fills: [], mode: 'converge', subresource: 'status' })

/** An object that is made when it is missing, and the user's from then on. */
export const bootstrapped = (object: KubeObject): Rendered =>
  E.right({ object: withSortedKeys(object), fills: [], mode: 'bootstrap' })

/** Fields of somebody else's object that we decide, as long as nobody else does. */
export const decided = (object: KubeObject): Rendered =>
  E.right({ object: withSortedKeys(object), fills: [], mode: 'decide' })

/** An object that is made when it is missing and left alone from then on. */
export const createdOnce = (object: KubeObject): Rendered =>
  E.right({ object: withSortedKeys(object), fills: [], mode: 'create-only' })
