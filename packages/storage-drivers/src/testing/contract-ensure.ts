import assert from 'node:assert/strict'

import * as E from 'fp-ts/Either'

import type { ContractServer } from './contract-server'
import {
  allSets,
  allSteps,
  ensured,
  failure,
  holderOf,
  type Law,
  made,
  madeByUser,
  ofAnother,
  seen,
  sightOf,
  succeeded,
  unchanged,
  wrongSettings,
} from './contract-steps'

const putRight = async (server: ContractServer, access: Awaited<ReturnType<typeof made>>) => {
  const outcomes = await ensured(server, access, allSets(access.target))
  outcomes.forEach(({ result }) => succeeded(result))
}

/** What holds of making and of putting right. */
export const ENSURE_LAWS: ReadonlyArray<Law> = [
  {
    name: 'what is made carries its marks and all settings, and is empty',
    holds: async (server) => {
      const access = await made(server)
      const found = await seen(server, access)
      for (const part of access.target.parts) {
        const sight = sightOf(found, part.kind)
        assert.ok(sight._tag === 'Present', part.kind)
        assert.deepEqual({ ...sight.marks, ...part.marks }, sight.marks)
        assert.deepEqual(wrongSettings(sight, part), [])
      }
      assert.notEqual(await server.world.look(access.target), undefined)
    },
  },
  {
    name: 'to ensure twice is to ensure once',
    holds: async (server) => {
      const access = await made(server)
      await server.world.put(access.target, ['one'])
      await unchanged(server, access, async () => {
        const outcomes = await ensured(server, access, allSteps(access.target))
        outcomes.forEach(({ result }) => succeeded(result))
      })
    },
  },
  {
    name: 'what somebody has changed is put right, and what he has added stays',
    holds: async (server) => {
      const access = await made(server)
      await server.world.put(access.target, ['one'])
      await server.world.additions?.add(access.target)
      for (const part of access.target.parts)
        for (const { name } of part.settings)
          await server.world.spoil?.(access.target, part.kind, name)
      await putRight(server, access)
      const found = await seen(server, access)
      for (const part of access.target.parts)
        assert.deepEqual(wrongSettings(sightOf(found, part.kind), part), [])
      assert.notEqual(await server.world.additions?.areThere(access.target), false)
    },
  },
  {
    name: 'what a user has made is neither taken over nor changed',
    holds: async (server) => {
      const access = await madeByUser(server)
      const { kind } = holderOf(access.target)
      await server.world.put(access.target, ['one'])
      await unchanged(server, access, async () => {
        const [created] = await ensured(server, access, [{ _tag: 'Create', part: kind }])
        assert.equal(failure(created?.result ?? E.right(undefined)), 'NameTaken')
        for (const { result } of await ensured(server, access, allSets(access.target)))
          assert.equal(failure(result), 'MarksMissing')
      })
    },
  },
  {
    name: 'what another cluster has made is neither taken over nor changed',
    holds: async (server) => {
      const access = await made(server)
      const another = ofAnother(access)
      const { kind } = holderOf(access.target)
      await unchanged(server, access, async () => {
        const [created] = await ensured(server, another, [{ _tag: 'Create', part: kind }])
        assert.equal(failure(created?.result ?? E.right(undefined)), 'NameTaken')
        for (const { result } of await ensured(server, another, allSets(another.target)))
          assert.equal(failure(result), 'MarksMissing')
      })
    },
  },
  {
    name: 'nothing is set any more once the marks have gone',
    holds: async (server) => {
      const access = await made(server)
      await server.world.unmark(access.target)
      await unchanged(server, access, async () => {
        for (const { result } of await ensured(server, access, allSets(access.target)))
          assert.equal(failure(result), 'MarksMissing')
      })
    },
  },
  {
    name: 'marks that are put on later go on what is empty and bears none, and on nothing else',
    holds: async (server) => {
      for (const part of server.markedLater) {
        const empty = await madeByUser(server)
        const [marked] = await ensured(server, empty, [{ _tag: 'Mark', part }])
        succeeded(marked?.result ?? assert.fail('nothing was done'))
        await putRight(server, empty)
        const full = await madeByUser(server)
        await server.world.put(full.target, ['one'])
        const another = ofAnother(await made(server))
        for (const access of [full, another])
          await unchanged(server, access, async () => {
            const [refused] = await ensured(server, access, [{ _tag: 'Mark', part }])
            assert.equal(failure(refused?.result ?? E.right(undefined)), 'MarksMissing')
          })
      }
    },
  },
]
