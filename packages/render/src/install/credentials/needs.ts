import * as RA from 'fp-ts/ReadonlyArray'
import { pipe } from 'fp-ts/function'
import * as S from 'fp-ts/string'

/** What each request takes, by the name of the request; nothing where no permission is asked for. */
export type Needs = { readonly [request: string]: ReadonlyArray<string> }

/** Everything that some requests take, each once, in the order in which it is first needed. */
export const takenBy = (...needs: ReadonlyArray<Needs>): ReadonlyArray<string> =>
  pipe(
    needs.flatMap((requests) => Object.values(requests)),
    RA.flatten,
    RA.uniq(S.Eq),
  )
