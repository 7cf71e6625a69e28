import { describe, expect, it } from 'vitest'

import type { Problem } from '../src/model'
import { chosenOf, LONGEST_TEST_MS } from '../src/testing/effort'
import { obeysSchema } from '../src/testing/obeys-schema'
import type { StrangeValue } from '../src/testing/strange-values'
import { RESOURCES, type Resource, textOfWish, type Wish, wished, wishesOf } from './wishes'

/** What is refused although the schema lets it pass: where, by which path it is named, and why. */
const REFUSED_ON_PURPOSE: ReadonlyArray<readonly [RegExp, RegExp, string]> = [
  [/^spec$/, /^spec\.managementState$/, 'it says whether there is to be a registry'],
  [
    /^spec\.managementState$/,
    /^spec\.managementState$/,
    'it says whether there is to be a registry',
  ],
  [/^spec\.replicas$/, /^spec\.replicas$/, 'fewer than none'],
  [
    /^spec\.requests\.(read|write)\.\w+$/,
    /^spec\.requests\.(read|write)\.\w+$/,
    'less than nothing',
  ],
  [/^spec\.routes\[0\]\.(name|hostname)$/, /^spec\.routes\[0\]\.\w+$/, 'no name in DNS'],
  [/^spec\.routes(\[0\](\.\w+)?)?$/, /^spec\.routes\[0\]\.name$/, 'a route without a name'],
  [/^spec\.storage(\.\w+)?$/, /^spec\.storage$/, 'no storage is named'],
  [/^spec\.storage\.azure\.cloudName$/, /\.cloudName$/, 'there is no such cloud'],
  [/^spec\.storage\.azure\.networkAccess\./, /\.networkAccess$/, 'a rule of the schema about both'],
  [/^spec\.storage\.oss/, /^spec\.storage\.oss(\.encryption)?$/, 'Alibaba Cloud is no more'],
  [/^spec\.storage\.pvc\.claim$/, /\.claim$/, 'no name of a claim'],
  [/^spec\.storage\.s3\.cloudFront/, /\.privateKey\.name$/, 'a key in no Secret'],
  [/^spec\.storage\.swift\.auth(URL|Version)$/, /\.auth(URL|Version)$/, 'no service of OpenStack'],
  [/^spec\.observedConfig/, /^spec\.observedConfig/, 'no settings of TLS'],
  [/^spec\.unsupportedConfigOverrides/, /^spec\.unsupportedConfigOverrides/, 'no settings of pods'],
  [
    /^spec\.(keep|successful|failed)\w+$/,
    /^spec\.(keep|successful|failed)\w+$/,
    'less than nothing',
  ],
  [/^spec\.schedule$/, /^spec\.schedule$/, 'no schedule'],
]

/** What the schema refuses and we take. */
const TAKEN_ON_PURPOSE: ReadonlyArray<readonly [RegExp, unknown, string]> = [
  [/^spec\.storage\.azure\.container$/, '', 'a name is generated'],
]

const LONGEST_TEXT = 32_768

const isTooLong = ({ value }: StrangeValue): boolean =>
  typeof value === 'string' && value.length > LONGEST_TEXT

const isTakenOnPurpose = ({ place, strange }: Wish): boolean =>
  TAKEN_ON_PURPOSE.some(([at, value]) => at.test(place.path) && value === strange.value)

const isRefusedOnPurpose = ({ place, strange }: Wish, problems: ReadonlyArray<Problem>): boolean =>
  isTooLong(strange) ||
  problems.every((problem) =>
    REFUSED_ON_PURPOSE.some(([at, named]) => at.test(place.path) && named.test(problem.path)),
  )

const obeys = ({ place, strange }: Wish): boolean =>
  obeysSchema(place.schema, strange.value, place.optional)

/** The field itself or one in it; or that around it whose rule speaks of several. */
const isNamed = ({ place }: Wish, problems: ReadonlyArray<Problem>): boolean =>
  problems.some(({ path }) => path.startsWith(place.path) || place.ruled.includes(path)) ||
  isRefusedOnPurpose({ place, strange: { what: '', value: undefined } }, problems)

const wrong = (
  { kind, problemsOf }: Resource,
  wishes: ReadonlyArray<Wish>,
  isWrong: (wish: Wish, problems: ReadonlyArray<Problem>) => boolean,
): ReadonlyArray<string> =>
  wishes.filter((wish) => isWrong(wish, problemsOf(wished(kind, [wish])))).map(textOfWish)

describe.each(RESOURCES)(
  'a strange value in a field of $kind',
  { timeout: LONGEST_TEST_MS },
  (resource) => {
    const all = wishesOf(resource)
    const wishes = chosenOf(all, 700)

    it('that the schema refuses is refused', () => {
      const disobedient = wishes.filter((wish) => !obeys(wish) && !isTakenOnPurpose(wish))
      expect(wrong(resource, disobedient, (_, problems) => problems.length === 0)).toEqual([])
    })

    it('that the schema lets pass is taken, or refused on purpose', () => {
      const obedient = wishes.filter(obeys)
      expect(
        wrong(
          resource,
          obedient,
          (wish, problems) => problems.length > 0 && !isRefusedOnPurpose(wish, problems),
        ),
      ).toEqual([])
    })

    it('is named by its path, with what is wrong and what to do, in few words', () => {
      expect(
        wrong(
          resource,
          wishes,
          (wish, problems) =>
            problems.length > 0 &&
            !(
              isNamed(wish, problems) &&
              problems.every(
                ({ path, message, remedy }) =>
                  path.length < 400 && message.length < 400 && message !== '' && remedy !== '',
              )
            ),
        ),
      ).toEqual([])
    })
  },
)
