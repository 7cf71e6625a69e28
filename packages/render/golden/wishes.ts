import * as E from 'fp-ts/Either'

import { ConfigSpec } from '../src/decode/codecs/config/config-spec'
import { ImagePrunerSpec } from '../src/decode/codecs/config/image-pruner'
import { decodeConfig } from '../src/decode/config/decode-config'
import { decode } from '../src/decode/decode'
import { redact } from '../src/decode/manifest/redact'
import { decodePruner } from '../src/decode/pruner/decode-pruner'
import { decodeProblems } from '../src/errors-text/decode-problems'
import { isJsonObject, type KubeObject, type Problem } from '../src/model'
import type { OpenApi } from '../src/schema/field'
import { placesIn, type SchemaPlace } from '../src/testing/schema-places'
import { STRANGE_JSON, type StrangeValue } from '../src/testing/strange-values'
import { RUNNING, snapshotOf } from './cases'
import { RELEASE } from './stages'

/** A registry that runs, and nothing to do. */
export const running = snapshotOf(RUNNING)
const { facts } = decode(running, RELEASE)

/** A value at a place of a spec. */
export type Wish = { readonly place: SchemaPlace; readonly strange: StrangeValue }

/** What people talk to us through. */
export type Resource = {
  readonly kind: 'Config' | 'ImagePruner'
  readonly codec: { readonly openApi: OpenApi }
  readonly problemsOf: (resource: KubeObject) => ReadonlyArray<Problem>
}

export const RESOURCES: ReadonlyArray<Resource> = [
  {
    kind: 'Config',
    codec: ConfigSpec,
    problemsOf: (resource) => {
      const config = decodeConfig(redact(resource), facts)
      return E.isRight(config) ? [] : decodeProblems(config.left)
    },
  },
  {
    kind: 'ImagePruner',
    codec: ImagePrunerSpec,
    problemsOf: (resource) => {
      const pruner = decodePruner(redact(resource), facts.platform)
      return E.isLeft(pruner) && pruner.left._tag === 'InvalidPruner' ? pruner.left.problems : []
    },
  },
]

const merged = (before: unknown, after: unknown): unknown =>
  isJsonObject(before) && isJsonObject(after)
    ? Object.fromEntries([
        ...Object.entries(before),
        ...Object.entries(after).map(([name, value]) => [name, merged(before[name], value)]),
      ])
    : after

/** The field below spec in which a value stands, and nothing of what has to stand beside it. */
const fieldWith = ({ place, strange }: Wish): unknown => {
  const name = place.path.split(/[.[]/)[1] ?? ''
  const fields = place.withValue(strange.value)
  return isJsonObject(fields) ? { [name]: fields[name] } : fields
}

/** A storage that is wished takes the place of the one that there is. */
const begun = (spec: unknown, wishes: ReadonlyArray<Wish>): unknown => {
  if (!isJsonObject(spec)) return spec
  const { storage, ...others } = spec
  return wishes.some(({ place }) => place.path.startsWith('spec.storage'))
    ? others
    : { ...others, ...(storage === undefined ? {} : { storage }) }
}

/** The resource of a registry that runs, with a strange value at a place of its spec. */
export const wished = (kind: string, wishes: ReadonlyArray<Wish>): KubeObject => {
  const resource = running.find((object) => object.kind === kind)
  const spec = wishes.reduce<unknown>(
    (before, wish) =>
      wish.place.path === 'spec' ? wish.strange.value : merged(before, fieldWith(wish)),
    begun(resource?.['spec'], wishes),
  )
  return { ...resource, spec } as KubeObject
}

/** Every strange value at every place. */
export const wishesOf = ({ codec }: Resource): ReadonlyArray<Wish> =>
  placesIn(codec.openApi, 'spec').flatMap((place) =>
    STRANGE_JSON.map((strange) => ({ place, strange })),
  )

/** A wish in words. */
export const textOfWish = ({ place, strange }: Wish): string => `${place.path}: ${strange.what}`
