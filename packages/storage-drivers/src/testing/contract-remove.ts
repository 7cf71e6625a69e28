import assert from 'node:assert/strict'

import type { OnProgress } from '../storage-driver'
import {
  allRemovals,
  failure,
  holderRemoval,
  type Law,
  made,
  madeByUser,
  ofAnother,
  removed,
  seenHolder,
  succeeded,
  unchanged,
} from './contract-steps'

const crash: OnProgress = (step, count) => () => {
  if (count > 0 || step.startsWith('remove')) throw new Error('the process has ended')
}

/** What holds of removing. */
export const REMOVE_LAWS: ReadonlyArray<Law> = [
  {
    name: 'what was made is removed with all that is in it, and it is no failure that it has gone',
    holds: async (server) => {
      const access = await made(server)
      await server.world.put(access.target, ['one', 'deep/down/two'])
      await server.world.hide?.(access.target)
      succeeded(await removed(server, access))
      assert.equal(await server.world.look(access.target), undefined)
      assert.equal((await seenHolder(server, access))._tag, 'Absent')
      succeeded(await removed(server, access))
    },
  },
  {
    name: 'what was never made is removed without a failure',
    holds: async (server) => {
      succeeded(await removed(server, await server.unused()))
    },
  },
  {
    name: 'what a user has made is not removed',
    holds: async (server) => {
      const access = await madeByUser(server)
      await server.world.put(access.target, ['one'])
      await unchanged(server, access, async () => {
        for (const parts of [allRemovals(access.target), holderRemoval(access.target)])
          assert.equal(failure(await removed(server, access, parts)), 'MarksMissing')
      })
    },
  },
  {
    name: 'what bears other marks, or none any more, is not removed',
    holds: async (server) => {
      const access = await made(server)
      await server.world.put(access.target, ['one'])
      await unchanged(server, access, async () => {
        assert.equal(failure(await removed(server, ofAnother(access))), 'MarksMissing')
      })
      await server.world.unmark(access.target)
      await unchanged(server, access, async () => {
        const parts = holderRemoval(access.target)
        assert.equal(failure(await removed(server, access, parts)), 'MarksMissing')
      })
    },
  },
  {
    name: 'no marks at all prove nothing',
    holds: async (server) => {
      const access = await made(server)
      const parts = allRemovals(access.target).map(({ part }) => ({ part, marks: {} }))
      await unchanged(server, access, async () => {
        assert.equal(failure(await removed(server, access, parts)), 'MarksMissing')
      })
    },
  },
  {
    name: 'removing that was interrupted goes on where it was',
    holds: async (server) => {
      const access = await made(server)
      await server.world.put(access.target, ['one', 'two'])
      await assert.rejects(server.driver.remove(access, holderRemoval(access.target), crash)())
      assert.notEqual(await server.world.look(access.target), undefined)
      succeeded(await removed(server, access))
      assert.equal(await server.world.look(access.target), undefined)
    },
  },
]
