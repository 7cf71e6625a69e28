import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  isJsonObject,
  type KubeObject,
  names,
  type Problem,
  type Pruner,
  type PrunerRefusal,
} from '../model'
import { decodeAt, type Problems } from '../schema/problems'

import { checkPruner } from './check-pruner'
import { completePruner } from './complete-pruner'
import { ImagePrunerSpec } from './config/image-pruner'

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

/** Suspending works whatever else is said: somebody may want to stop just that. */
const checked = (spec: ImagePrunerSpec): E.Either<PrunerRefusal, Pruner> => {
  const [first, ...rest] = checkPruner(spec)
  if (first === undefined) return E.right(completePruner(spec))
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

/** The clean-up that an ImagePruner asks for, or everything for which it cannot be used. */
export const decodePruner = (resource: KubeObject | undefined): E.Either<PrunerRefusal, Pruner> => {
  if (resource === undefined) return E.left({ _tag: 'NoPruner' })
  return resource.apiVersion === names.CONFIG_API_VERSION
    ? pipe(decodedSpec(resource['spec']), E.flatMap(checked))
    : E.left(invalid(WRONG_VERSION))
}
