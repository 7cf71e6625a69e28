import { expect, it } from 'vitest'

import { ordealsOf, trialOfTrouble } from './edit-trial'
import { OPENSHIFT, SETTINGS } from './settings'
import { TROUBLES } from './troubles'

/** `RECOVERIES_ONE_IN=1` plays all of them, in a quarter of an hour. */
const ONE_IN = Number(process.env['RECOVERIES_ONE_IN'] ?? '103')

const ordeals = Object.entries(SETTINGS).flatMap(([platform, setting]) =>
  ordealsOf(setting)
    .filter((_, index) => index % ONE_IN === 0)
    .map(
      (ordeal) =>
        [
          `${platform}, ${ordeal.wish.name}`,
          `${ordeal.trouble.name}, ${ordeal.begins}`,
          { setting, ordeal },
        ] as const,
    ),
)

it.each(ordeals)(
  '%s is as it should be after this, without anybody’s help: %s',
  async (...given) => {
    const [, , { setting, ordeal }] = given
    expect((await trialOfTrouble(setting, ordeal)).failures).toEqual([])
  },
)

it('a bucket that could not be made at first is made later, and has not vanished', async () => {
  const ordeal = ordealsOf(OPENSHIFT).find(
    ({ wish, trouble, begins }) =>
      wish.name === 'S3 that is made' &&
      trouble.name === 'authorities that are not there' &&
      begins === 'at first',
  )
  if (ordeal === undefined) throw new Error('there is no such ordeal')
  expect((await trialOfTrouble(OPENSHIFT, ordeal)).failures).toEqual([])
})

it.each(TROUBLES.map((trouble) => [trouble.name, trouble] as const))(
  '%s is noticed while it lasts',
  async (_, trouble) => {
    const wish = [...OPENSHIFT.scenarios.keys()].find(({ name }) => name === 'S3 that is made')
    if (wish === undefined) throw new Error('nobody wishes that')
    const lasting = { ...trouble, ends: () => undefined }
    const { failures } = await trialOfTrouble(OPENSHIFT, {
      wish,
      trouble: lasting,
      begins: 'at first',
    })
    expect(failures.join('\n')).toContain('Degraded')
  },
)
