import { describe, expect, it } from 'vitest'

import type { FolderAction } from '../node-folders/folder-action'
import type { FolderIndex } from '../node-folders/folder-index'
import { trustPlan, type TrustPlace } from './trust-plan'

const wantedFile = (name: string, digest: string) => ({
  ...{ name, digest, bytes: new Uint8Array(), mode: 0o644 },
})

const WANTED = { folder: 'r', files: [wantedFile('ca.crt', 'ca'), wantedFile('hosts.toml', 'at')] }

const folder = (digests: Readonly<Record<string, string>>, holdsNoMore = true): TrustPlace => ({
  _tag: 'Folder',
  digests: new Map(Object.entries(digests)),
  holdsNoMore,
})

const both = (ca: string, at: string, holdsNoMore = true): TrustPlace =>
  folder({ 'ca.crt': ca, 'hosts.toml': at }, holdsNoMore)

const made = (...digests: ReadonlyArray<string>): FolderIndex => ({
  r: { folder: 'made', digests },
})
const found = (...digests: ReadonlyArray<string>): FolderIndex => ({
  r: { folder: 'found', digests },
})

const shown = (action: FolderAction): string => {
  const { _tag } = action
  switch (_tag) {
    case 'Copy':
    case 'Adopt': {
      const files = 'files' in action ? ` ${action.files.map(({ name }) => name).join('+')}` : ''
      return `${_tag}${files} ${action.entry.folder} ${action.entry.digests.join(' ')}`
    }
    case 'RemoveFile':
      return `${_tag} ${action.names.join('+')}`
    case 'MakeFolder':
    case 'RemoveFolder':
    case 'Forget':
      return _tag
  }
}

/** What is planned for one folder, r. */
const planned = (place: TrustPlace, index: FolderIndex, isWanted: boolean) => {
  const { actions, upToDate, blocked } = trustPlan({
    wanted: isWanted ? [WANTED] : [],
    places: new Map([['r', place]]),
    index,
  })
  return [actions.map(shown).join(), upToDate, blocked.join()]
}

describe('a folder that is wanted', () => {
  it.each<readonly [string, TrustPlace, FolderIndex, string, number, string]>([
    ['is made', { _tag: 'Absent' }, {}, 'MakeFolder', 0, ''],
    ['is made again', { _tag: 'Absent' }, made('ca', 'at'), 'MakeFolder', 0, ''],
    ['is there', both('ca', 'at'), made('ca', 'at'), '', 1, ''],
    ['is there with other things', both('ca', 'at', false), made('ca', 'at'), '', 1, ''],
    ['is filled', folder({}), {}, 'Copy ca.crt+hosts.toml found ca at', 0, ''],
    ['is filled anew', folder({}), made('ca', 'at'), 'Copy ca.crt+hosts.toml found ca at', 0, ''],
    [
      'gets a new file',
      both('ca', 'old'),
      made('ca', 'old'),
      'Copy hosts.toml made ca at old',
      0,
      '',
    ],
    [
      'gets a lost file',
      folder({ 'ca.crt': 'ca' }),
      made('ca', 'at'),
      'Copy hosts.toml made ca at',
      0,
      '',
    ],
    ['is adopted', both('ca', 'at'), {}, 'Adopt found ca at', 1, ''],
    ['is left to others', both('ca', 'theirs'), {}, '', 0, 'r/hosts.toml'],
    ['is left to others who changed it', both('theirs', 'at'), made('ca', 'at'), '', 0, 'r/ca.crt'],
    [
      'is left to others, with half of ours',
      folder({ 'hosts.toml': 'theirs' }),
      {},
      '',
      0,
      'r/hosts.toml',
    ],
    ['is a file', { _tag: 'NoFolder' }, {}, '', 0, 'r'],
    ['cannot be read', { _tag: 'Unreadable' }, made('ca', 'at'), '', 0, ''],
  ])('%s', (...[, place, index, actions, upToDate, blocked]) => {
    expect(planned(place, index, true)).toEqual([actions, upToDate, blocked])
  })
})

describe('a folder that is not wanted any more', () => {
  it.each<readonly [string, TrustPlace, FolderIndex, string]>([
    ['goes', both('ca', 'at'), made('ca', 'at'), 'RemoveFolder'],
    ['goes with one file only', folder({ 'ca.crt': 'ca' }), made('ca', 'at'), 'RemoveFolder'],
    [
      'stays with what else is in it',
      both('ca', 'at', false),
      made('ca', 'at'),
      'RemoveFile hosts.toml+ca.crt',
    ],
    [
      'stays where somebody made it',
      both('ca', 'at'),
      found('ca', 'at'),
      'RemoveFile hosts.toml+ca.crt',
    ],
    ['stays with a file of somebody', both('ca', 'theirs'), made('ca', 'at'), 'RemoveFile ca.crt'],
    ['stays with two of them', both('theirs', 'too'), made('ca', 'at'), 'Forget'],
    ['is forgotten when it has gone', { _tag: 'Absent' }, made('ca', 'at'), 'Forget'],
    ['is forgotten when it is a file now', { _tag: 'NoFolder' }, made('ca', 'at'), 'Forget'],
    ['stays while it cannot be read', { _tag: 'Unreadable' }, made('ca', 'at'), ''],
    ['stays when it never was ours', both('ca', 'at'), {}, ''],
  ])('%s', (_sentence, place, index, actions) => {
    expect(planned(place, index, false)).toEqual([actions, 0, ''])
  })
})
