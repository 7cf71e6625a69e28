import { expect, it } from 'vitest'

import { userReadings } from './user-readings'

const HASH = `$2y$10$${'Q'.repeat(53)}`

it('says how many users there are and which lines are wrong, and nothing of what stands in them', () => {
  const readings = userReadings({ htpasswd: `ann:${HASH}\nbob:hunter2\ncarl\n`, other: 'a' })
  expect(readings).toEqual({
    htpasswd: {
      _tag: 'Users',
      users: 1,
      wrong: [
        { line: 2, lacks: 'hash' },
        { line: 3, lacks: 'name' },
      ],
    },
  })
  expect(JSON.stringify(readings)).not.toMatch(/ann|bob|carl|hunter2|QQ/)
})

it('says nothing of a Secret without users', () => {
  expect(userReadings({ other: 'a' })).toEqual({})
})

it('has an end, whatever somebody has put there', () => {
  const { htpasswd } = userReadings({ htpasswd: 'x\n'.repeat(1000) })
  expect(htpasswd?._tag === 'Users' && htpasswd.wrong.length).toBe(20)
})
