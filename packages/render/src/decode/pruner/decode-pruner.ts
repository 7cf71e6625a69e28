import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  isJsonObject,
  type KubeObject,
  names,
  type Problem,
  type Pruner,
  type PrunerRefusal,
} from '../../model'
import { decodeAt, type Problems } from '../../schema/problems'

import { checkPruner } from './check-pruner'
import { collectionProblems, collectionWishes } from './collection-wishes'
import { completePruner } from './complete-pruner'
import { ImagePrunerSpec } from '../codecs/config/image-pruner'

const invalid = ([first, ...rest]: Problems): PrunerRefusal => ({
  _tag: 'InvalidPruner',
  problems: [first, ...rest],
})

const FIELDS = ImagePrunerSpec.openApi['properties']

const isField = (name: string): boolean => isJsonObject(FIELDS) && Object.hasOwn(FIELDS, name)

const fieldOf = ({ path }: Problem): string => path.split(/[.[]/)[1] ?? ''

/** What else is wrong with a spec of which some fields are not even well-formed: those are left out. */
const furtherProblems = (spec: unknown, problems: Problems): ReadonlyArray<Problem> => {
  if (!isJsonObject(spec)) return []
  const wrong = problems.map(fieldOf)
  const rest = Object.entries(spec).filter(([name]) => isField(name) && !wrong.includes(name))
  const decoded = decodeAt(ImagePrunerSpec, 'spec', Object.fromEntries(rest))
  return E.isRight(decoded) ? checkPruner(decoded.right) : []
}

/** What else an ImagePruner says, where garbage is collected. */
type Said = { readonly problems: ReadonlyArray<Problem>; readonly wishes: Partial<Pruner> }

const NOTHING_ELSE: Said = { problems: [], wishes: {} }

/** Suspending works whatever else is said: somebody may want to stop just that. */
const checked =
  ({ problems, wishes }: Said) =>
  (spec: ImagePrunerSpec): E.Either<PrunerRefusal, Pruner> => {
    const [first, ...rest] = [...checkPruner(spec), ...problems]
    if (first === undefined) return E.right({ ...completePruner(spec), ...wishes })
    return spec.suspend === true
      ? E.right(completePruner({ suspend: true }))
      : E.left(invalid([first, ...rest]))
  }

const decodedSpec = (spec: unknown): E.Either<PrunerRefusal, ImagePrunerSpec> =>
  pipe(
    decodeAt(ImagePrunerSpec, 'spec', spec),
    E.mapLeft(([first, ...rest]) =>
      invalid([first, ...rest, ...furtherProblems(spec, [first, ...rest])]),
    ),
  )

const WRONG_VERSION: Problems = [
  {
    path: 'apiVersion',
    message: `must be ${names.CONFIG_API_VERSION}`,
    remedy: `change it to ${names.CONFIG_API_VERSION}`,
  },
]

/** The clean-up that an ImagePruner asks for on such a cluster, or everything for which it cannot be used. */
export const decodePruner = (
  resource: KubeObject | undefined,
  platform: ClusterFacts['platform'] = 'OpenShift',
): E.Either<PrunerRefusal, Pruner> => {
  if (resource === undefined) return E.left({ _tag: 'NoPruner' })
  if (resource.apiVersion !== names.CONFIG_API_VERSION) return E.left(invalid(WRONG_VERSION))
  const said: Said =
    platform === 'OpenShift'
      ? NOTHING_ELSE
      : {
          problems: collectionProblems(resource),
          wishes: { collection: collectionWishes(resource) },
        }
  return pipe(decodedSpec(resource['spec']), E.flatMap(checked(said)))
}
