import assert from 'node:assert/strict'

import * as E from 'fp-ts/Either'

import {
  afterGlances,
  holderOf,
  type Law,
  made,
  madeByUser,
  seen,
  seenHolder,
  sightOf,
  unchanged,
  wrongSettings,
} from './contract-steps'

/** What holds of looking. */
export const OBSERVE_LAWS: ReadonlyArray<Law> = [
  {
    name: 'what nobody has made is absent, and stays so however often one looks',
    holds: async (server) => {
      const access = await server.unused()
      assert.equal((await seenHolder(server, access))._tag, 'Absent')
      assert.equal((await seenHolder(server, access))._tag, 'Absent')
      assert.equal(await server.world.look(access.target), undefined)
    },
  },
  {
    name: 'to look is only to read, on storage of ours and on that of users',
    holds: async (server) => {
      for (const access of [await made(server), await madeByUser(server)]) {
        await server.world.put(access.target, ['one', 'two'])
        await unchanged(server, access, async () => {
          const before = await seen(server, access, true)
          await afterGlances(server, access, before)
        })
      }
    },
  },
  {
    name: 'what a user has made is present, without our marks, and empty until something is in it',
    holds: async (server) => {
      const access = await madeByUser(server)
      const { marks: ours } = holderOf(access.target)
      const empty = await seenHolder(server, access)
      assert.ok(empty._tag === 'Present')
      for (const [name, value] of Object.entries(ours)) assert.notEqual(empty.marks?.[name], value)
      assert.notEqual(empty.isEmpty, false)
      await server.world.put(access.target, ['one'])
      const full = await seenHolder(server, access)
      assert.ok(full._tag === 'Present')
      assert.notEqual(full.isEmpty, true)
    },
  },
  {
    name: 'what is in it is counted when asked',
    holds: async (server) => {
      const access = await made(server)
      await server.world.put(access.target, ['one', 'two', 'deep/down/three'])
      const { contents } = (await seen(server, access, true)).sight
      assert.ok(contents !== undefined)
      assert.deepEqual([contents.objects, contents.isWhole], [3, true])
      assert.ok(contents.bytes > 0)
      assert.equal((await seen(server, access)).sight.contents, undefined)
    },
  },
  {
    name: 'glances find what somebody has changed',
    holds: async (server) => {
      const access = await made(server)
      const before = await seen(server, access)
      for (const part of access.target.parts) {
        assert.deepEqual(wrongSettings(sightOf(before, part.kind), part), [])
        for (const { name } of part.settings) {
          await server.world.spoil?.(access.target, part.kind, name)
          const after = await afterGlances(server, access, before)
          const wrong = wrongSettings(sightOf(after, part.kind), part)
          assert.deepEqual(wrong.includes(name), server.world.spoil !== undefined, name)
        }
      }
    },
  },
  {
    name: 'glances find that the marks have gone, and that everything has',
    holds: async (server) => {
      const access = await made(server)
      const { kind, marks } = holderOf(access.target)
      const before = await seen(server, access)
      await server.world.unmark(access.target)
      const unmarked = sightOf(await afterGlances(server, access, before), kind)
      assert.ok(unmarked._tag === 'Present')
      for (const [name, value] of Object.entries(marks))
        assert.notEqual(unmarked.marks?.[name], value)
      await server.world.destroy(access.target)
      assert.equal(sightOf(await afterGlances(server, access, before), kind)._tag, 'Absent')
    },
  },
  {
    name: 'credentials that are refused are told as such, alike each time, and are not repeated',
    holds: async (server) => {
      if (server.withWrongCredentials === undefined) return
      const access = server.withWrongCredentials(await made(server))
      const told = async (): Promise<string> => {
        const result = await server.driver.observe(access, { _tag: 'Everything', counts: false })()
        const sight = E.isRight(result)
          ? result.right.sight.parts[holderOf(access.target).kind]
          : undefined
        const error = E.isLeft(result) ? result.left : sight?._tag === 'Unseen' && sight.error
        assert.ok(error !== false)
        assert.equal(error._tag, 'CredentialsRefused', JSON.stringify(error))
        return JSON.stringify(error)
      }
      const [first, second] = [await told(), await told()]
      assert.equal(first, second)
      for (const value of Object.values(access.values))
        assert.ok(!first.includes(value), 'a value of the credentials is told')
    },
  },
]
