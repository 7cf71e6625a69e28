import { describe, expect, it } from 'vitest'

import type { FolderAction } from '../node-folders/folder-action'
import type { FolderIndex } from '../node-folders/folder-index'
import { type Place, type SourceFile, syncPlan } from './sync-plan'

const file = (digest: string, mtimeMs: number): SourceFile => ({
  digest,
  mtimeMs,
  bytes: new Uint8Array(),
  mode: 0o644,
})

const NEW = file('new', 1_000)

const folder = (digest?: string, mtimeMs = 2_000, holdsNoMore = true): Place =>
  digest === undefined
    ? { _tag: 'Folder', holdsNoMore }
    : { _tag: 'Folder', holdsNoMore, certificate: { digest, mtimeMs } }

const made = (...digests: ReadonlyArray<string>): FolderIndex => ({
  r: { folder: 'made', digests },
})
const found = (...digests: ReadonlyArray<string>): FolderIndex => ({
  r: { folder: 'found', digests },
})

/** What is planned for one folder, r. */
const planned = (place: Place, index: FolderIndex, wanted: 'wanted' | 'unreadable' | 'gone') => {
  const sources = { wanted: [{ folder: 'r', file: NEW }], unreadable: [{ folder: 'r' }], gone: [] }
  const { actions, skipped, blocked } = syncPlan({
    sources: sources[wanted],
    places: new Map([['r', place]]),
    index,
  })
  return [actions.map(shown).join(), skipped, blocked.length]
}

const shown = (action: FolderAction): string =>
  'entry' in action
    ? `${action._tag} ${action.entry.folder} ${action.entry.digests.join(' ')}`
    : action._tag

describe('a certificate that should be on the node', () => {
  it.each<readonly [string, Place, FolderIndex, string, number]>([
    ['gets a folder', { _tag: 'Absent' }, {}, 'MakeFolder', 0],
    ['gets its folder again', { _tag: 'Absent' }, made('old'), 'MakeFolder', 0],
    ['goes into a folder that is there', folder(), {}, 'Copy found new', 0],
    ['replaces an older one of ours', folder('old', 500), made('old'), 'Copy made new old', 0],
    ['replaces an older one of somebody', folder('theirs', 500), {}, 'Copy found new', 0],
    ['replaces one of the same time', folder('new', 1_000), made('new'), 'Copy made new', 0],
    ['is there already', folder('new'), made('new'), '', 1],
    ['was replaced by a newer one', folder('theirs'), made('new'), '', 1],
    ['is left to somebody who has a newer one', folder('theirs'), {}, '', 1],
    ['is adopted where it is just the same', folder('new'), {}, 'Adopt found new', 1],
    [
      'is adopted where somebody made the folder anew',
      folder('new'),
      made('old'),
      'Adopt found new',
      1,
    ],
    ['goes into our folder that somebody has emptied', folder(), made('new'), 'Copy found new', 0],
  ])('%s', (...[, place, index, action, skipped]) => {
    expect(planned(place, index, 'wanted')).toEqual([action, skipped, 0])
  })

  it('is blocked where something else has its name', () => {
    expect(planned({ _tag: 'NoFolder' }, {}, 'wanted')).toEqual(['', 0, 1])
    expect(planned({ _tag: 'Unreadable' }, {}, 'wanted')).toEqual(['', 0, 0])
  })

  it('stays as it is while its source cannot be read', () => {
    expect(planned(folder('old'), made('old'), 'unreadable')).toEqual(['', 0, 0])
  })

  it('is dealt with once, however many sources have its folder', () => {
    const sources = [1, 2].map(() => ({ folder: 'r', file: NEW }))
    expect(syncPlan({ sources, places: new Map(), index: {} }).actions).toHaveLength(1)
  })
})

describe('a folder that no certificate belongs into any more', () => {
  it.each<readonly [string, Place, FolderIndex, string]>([
    ['goes', folder('a'), made('a'), 'RemoveFolder'],
    ['goes, whichever of two certificates it has', folder('b'), made('a', 'b'), 'RemoveFolder'],
    ['stays with what else is in it', folder('a', 0, false), made('a'), 'RemoveFile'],
    ['stays where somebody made it', folder('a'), found('a'), 'RemoveFile'],
    ['stays with another certificate', folder('theirs'), made('a'), 'Forget'],
    ['stays when it was made anew', folder(), made('a'), 'Forget'],
    ['is forgotten when it has gone', { _tag: 'Absent' }, made('a'), 'Forget'],
    ['is forgotten when it is a file now', { _tag: 'NoFolder' }, made('a'), 'Forget'],
    ['stays while it cannot be read', { _tag: 'Unreadable' }, made('a'), ''],
    ['stays when it never was ours', folder('theirs'), {}, ''],
  ])('%s', (_sentence, place, index, action) => {
    expect(planned(place, index, 'gone')).toEqual([action, 0, 0])
  })
})
