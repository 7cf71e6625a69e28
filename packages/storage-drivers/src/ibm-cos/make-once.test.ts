import type { JsonObject, StorageError, StoragePart } from '@image-registry-operator/render/model'
import { isJsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'
import { describe, expect, it } from 'vitest'

import type { IbmApi } from './ibm-api'
import { ibmProblem } from './ibm-problem'
import { type MadeThing, madeThing, rightOne } from './made-thing'
import { makeOnce } from './make-once'

const PART: StoragePart = {
  kind: 'resource-key',
  name: 'c1-image-registry',
  marks: { uid: 'u1' },
  formerMarks: {},
  isGeneratedName: true,
  settings: [],
  holdsImages: false,
}

const UNANSWERED = ibmProblem('StorageConflict', 'CreateResourceKey', 'nobody knows')
const REFUSED = ibmProblem('StorageRefused', 'CreateResourceKey', 'unknown parameter uid')

const thing = (parameters: JsonObject, crn = 'crn:0'): MadeThing =>
  madeThing({ crn, name: PART.name, created_by: 'somebody', parameters }, 'iam-1')

/** A service that makes another thing of the same name each time that it is asked to. */
const service = (
  before: ReadonlyArray<MadeThing>,
  says: (json: JsonObject) => StorageError | undefined = () => undefined,
) => {
  const things = [...before]
  const unused = () => TE.left(REFUSED)
  const api: IbmApi = {
    whoAmI: unused(),
    ask: unused,
    list: unused,
    askJson:
      ({ json }) =>
      async () => {
        const body = isJsonObject(json) ? json : {}
        const said = says(body)
        const parameters = isJsonObject(body['parameters']) ? body['parameters'] : {}
        if (said?._tag !== 'StorageRefused') things.push(thing(parameters, `crn:${things.length}`))
        return said === undefined ? E.right({}) : E.left(said)
      },
  }
  const make = makeOnce({
    api,
    part: PART,
    look: TE.fromIO(() => rightOne(PART)(things)),
    post: { operation: 'CreateResourceKey', url: new URL('https://ibm.example/resource_keys') },
    body: { name: PART.name },
    parameters: { HMAC: true },
  })
  return { make, things }
}

describe('what the service would make twice', () => {
  it('is made once, with its marks, however often it is asked for', async () => {
    const { make, things } = service([])
    expect(await make()).toEqual(E.right(undefined))
    expect(await make()).toEqual(E.right(undefined))
    expect(things.map(({ marks }) => textOf(marks['uid']))).toEqual(['u1'])
  })

  it('is found where nobody has heard that it was made', async () => {
    const { make, things } = service([], () => UNANSWERED)
    expect(await make()).toEqual(E.right(undefined))
    expect(things).toHaveLength(1)
  })

  it('is neither taken over nor made beside what somebody else has made by that name', async () => {
    const theirs = thing({ uid: 'u2' })
    const { make, things } = service([theirs])
    expect(await make()).toMatchObject(E.left({ _tag: 'NameTaken' }))
    expect(things).toEqual([theirs])
  })

  it('is made without marks where the service does not take them', async () => {
    const { make, things } = service([], ({ parameters }) =>
      isJsonObject(parameters) && 'uid' in parameters ? REFUSED : undefined,
    )
    expect(await make()).toEqual(E.right(undefined))
    expect(O.isSome(rightOne(PART)(things))).toBe(true)
  })
})
