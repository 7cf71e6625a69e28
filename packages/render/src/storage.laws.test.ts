import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { storageSeen } from './decode/codecs/foreign/storage-seen-codec'
import {
  type EnsureStorage,
  isJsonObject,
  type JsonObject,
  type KubeObject,
  type Marks,
  type PartKind,
  type PartRemoval,
  type RemoveStorage,
  type StoragePart,
  type StorageStep,
  type StorageTarget,
} from './model'
import {
  passOver,
  runningPods,
  seenOf,
  type SomePass,
  somePlace,
  storageWorld,
} from './testing/storage-world'
import {
  BACKENDS,
  ORIGINALS,
  OURS,
  PARTS,
  world,
  type World,
  worldInUse,
  worldThatGoes,
} from './testing/storage-world.arbitrary'

const isStorageAction = (
  action: SomePass['plan'][number],
): action is EnsureStorage | RemoveStorage =>
  action._tag === 'EnsureStorage' || action._tag === 'RemoveStorage'

const storageActions = ({ plan }: SomePass) => plan.filter(isStorageAction)

const steps = (pass: SomePass): ReadonlyArray<StorageStep> =>
  storageActions(pass).flatMap((action) => (action._tag === 'EnsureStorage' ? action.steps : []))

const removals = (pass: SomePass): ReadonlyArray<PartRemoval> =>
  storageActions(pass).flatMap((action) => (action._tag === 'RemoveStorage' ? action.parts : []))

const sightsOf = ({ objects }: World) => {
  const read = objects.filter(({ kind }) => kind === 'Storage').map(storageSeen)[0]
  return read?._tag === 'Looked' ? (read.sight?.parts ?? {}) : {}
}

const subjectOf = ({ objects }: World): KubeObject => {
  const found = objects.find(({ kind }) => kind === 'Config')
  if (found === undefined) throw new Error('there is no Config')
  return found
}

const annotation = (given: World, name: string): string =>
  subjectOf(given).metadata.annotations?.[`imageregistry.operator.openshift.io/${name}`] ?? ''

const says = (found: Marks | undefined, some: Marks): boolean =>
  Object.entries(some).some(([name, value]) => found?.[name] === value)

/** Whether a part shows that we made it, or that the original did, under a name that nobody chooses. */
const isProven = (given: World, kind: PartKind): boolean => {
  const sight = sightsOf(given)[kind]
  if (sight?._tag !== 'Present') return false
  const isChosen = given.place.place.includes('images') && kind !== 'service-instance'
  return says(sight.marks, OURS) || (!isChosen && says(sight.marks, ORIGINALS))
}

/** The original did not mark containers of Azure: there the account around one of its names shows whose it is. */
const areImagesProven = (given: World): boolean => {
  const images = imagePartOf(given)
  const isNamed = !given.place.place.includes('images')
  const isSeen = sightsOf(given)[images]?._tag === 'Present'
  return isProven(given, images) || (isSeen && isNamed && isProven(given, 'account'))
}

const imagePartOf = ({ place: { backend } }: World): PartKind =>
  backend === 'Azure' || backend === 'Swift' ? 'container' : 'bucket'

/** Whether nothing is done but to say whose something is. */
const isMarking = (action: ReturnType<typeof storageActions>[number]): boolean =>
  action._tag === 'EnsureStorage' && action.steps.every(({ _tag }) => _tag === 'Mark')

const everywhere = (
  property: (given: World, pass: SomePass) => void,
  worlds: fc.Arbitrary<World> = world,
): void => {
  fc.assert(
    fc.property(worlds, (given) => {
      property(given, passOver(given.objects))
    }),
    { numRuns: 200 },
  )
}

describe('the laws of storage outside of the cluster', () => {
  it('nothing is removed that does not show that it is ours', () => {
    everywhere((given, pass) => {
      removals(pass).forEach((removal) => {
        expect(isProven(given, removal.part)).toBe(true)
        expect(Object.keys(removal.marks)).not.toEqual([])
      })
    }, worldThatGoes)
  })

  it('nothing is changed that does not show that it is ours', () => {
    everywhere((given, pass) => {
      const all = steps(pass)
      const made = all.filter(({ _tag }) => _tag === 'Create').map((step) => step.part)
      all
        .filter((step) => step._tag === 'Set' && !made.includes(step.part))
        .forEach((step) => {
          expect(isProven(given, step.part)).toBe(true)
        })
    })
  })

  it('images of somebody else do not go with what is around them', () => {
    everywhere((given, pass) => {
      const images = imagePartOf(given)
      const all = PARTS[given.place.backend]
      const around = all.slice(0, all.indexOf(images))
      if (sightsOf(given)[images]?._tag === 'Absent' || areImagesProven(given)) return
      expect(removals(pass).filter((removal) => around.includes(removal.part))).toEqual([])
    }, worldThatGoes)
  })

  it('what images are in is made, or marked, only if that is written down', () => {
    everywhere((given, pass) => {
      const isWrittenDown = annotation(given, 'makes-storage') === given.place.place
      steps(pass).forEach((step) => {
        const sight = sightsOf(given)[step.part]
        if (step._tag === 'Mark') {
          expect(isWrittenDown).toBe(true)
          expect(sight).toMatchObject({ _tag: 'Present', isEmpty: true, marks: {} })
        }
        if (step._tag !== 'Create') return
        expect(sight?._tag).toBe('Absent')
        const images = imagePartOf(given)
        // A key lets pods in to images that are there, whosever they are.
        const isKey = step.part === 'resource-key' && sightsOf(given)[images]?._tag === 'Present'
        expect(isWrittenDown || isKey || (step.part !== images && areImagesProven(given))).toBe(
          true,
        )
      })
    })
  })

  it('what images were in is made anew only if somebody says so', () => {
    everywhere((given, { desired, observation: { config: read } }) => {
      if (E.isLeft(read) || read.right.recordedStorage === undefined) return
      const { recordedStorage, decisions } = read.right
      const isSame = JSON.stringify(recordedStorage) === JSON.stringify(read.right.storage)
      const begins =
        decisions.makesStorage !== undefined && annotation(given, 'makes-storage') === ''
      if (!isSame || !begins) return
      expect(annotation(given, 'recreate-storage')).toBe(desired.storage?.place)
      expect(annotation(given, 'recreate-storage-spent')).not.toBe(desired.storage?.place)
    })
  })

  it('what goes is not made, and what stays is not removed', () => {
    everywhere((given, pass) => {
      const { metadata, spec } = subjectOf(given)
      const said = isJsonObject(spec) ? spec['managementState'] : undefined
      const state = metadata.deletionTimestamp === undefined ? said : 'Removed'
      const actions = storageActions(pass)
      const tags = actions.map(({ _tag }) => _tag)
      const kinds = actions.map((action) => (isMarking(action) ? 'Mark' : action._tag))
      // What was made and has no mark yet gets one, or nobody could prove that it may go.
      const allowed = { Managed: ['EnsureStorage', 'Mark'], Removed: ['RemoveStorage', 'Mark'] }
      kinds.forEach((kind) => {
        expect(state === 'Managed' || state === 'Removed' ? allowed[state] : []).toContain(kind)
      })
      if (given.objects.includes(runningPods)) expect(tags).not.toContain('RemoveStorage')
    })
  })

  it('nothing is done before this very storage has been looked at', () => {
    everywhere((given, pass) => {
      const status = given.objects.find(({ kind }) => kind === 'Storage')?.['status']
      const isSeen = isJsonObject(status) && 'sight' in status && status['target'] !== 'another'
      if (!isSeen) expect(storageActions(pass)).toEqual([])
    })
  })

  it('nothing is left to do for a storage that is right', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BACKENDS), fc.boolean(), (backend, isGenerated) => {
        const place = somePlace(backend, isGenerated)
        const objects = storageWorld(place, { management: 'Managed', recorded: place.storage })
        const { storage } = passOver(objects).desired
        if (storage === undefined) throw new Error('there is no storage')
        const right = passOver([...objects, seenOf(place.place, { sight: rightSight(storage) })])
        expect(storageActions(right)).toEqual([])
        expect(right.desired.storage).toEqual(storage)
      }),
    )
  })

  it('each condition is told once, and the next pass says the same', () => {
    everywhere((given, pass) => {
      const first = withStatus(given.objects, pass)
      const second = withStatus(first, passOver(first))
      const third = passOver(second)
      const types = third.status.conditions.map(({ type }) => type)
      expect(new Set(types).size).toBe(types.length)
      expect(passOver(withStatus(second, third)).status.conditions).toEqual(third.status.conditions)
    })
  })

  it('each condition has one word for its reason, and neither a sentence nor a code', () => {
    everywhere((_, pass) => {
      pass.status.conditions
        .filter(({ type }) => type.startsWith('Storage'))
        .forEach(({ reason }) => {
          expect(reason).toMatch(/^[A-Z][A-Za-z0-9]*$/)
        })
    })
  })

  it('a look that is awaited changes nothing of what is told of a registry that runs', () => {
    fc.assert(
      fc.property(worldInUse, (given) => {
        const first = withStatus(given.objects, passOver(given.objects))
        const settled = withStatus(first, passOver(first))
        const awaited = settled.map((object) =>
          object.kind === 'Storage' ? { ...object, status: { awaited: true } } : object,
        )
        expect(told(passOver(awaited))).toEqual(told(passOver(settled)))
      }),
      { numRuns: 60 },
    )
  })

  it('all of this is about work that occurs', () => {
    const found = fc
      .sample(world, { numRuns: 600, seed: 1 })
      .flatMap((given) => storageActions(passOver(given.objects)))
      .flatMap((action) => [
        action.target.backend,
        action._tag,
        ...(action._tag === 'EnsureStorage' ? action.steps.map(({ _tag }) => _tag) : []),
      ])
    expect([...new Set<string>(found)].sort()).toEqual(
      [...BACKENDS, 'EnsureStorage', 'RemoveStorage', 'Create', 'Mark', 'Set'].sort(),
    )
  })
})

const told = ({ status: { conditions } }: SomePass) =>
  conditions.filter(({ type }) => type.startsWith('Storage'))

const rightSight = ({ parts }: StorageTarget): JsonObject => ({
  parts: Object.fromEntries(parts.map((one) => [one.kind, rightPart(one)])),
})

const rightPart = ({ marks, settings }: StoragePart): JsonObject => ({
  _tag: 'Present',
  marks: { ...marks, team: 'mine' },
  isEmpty: false,
  details: {},
  settings: Object.fromEntries(
    settings.map(({ name, wanted }) => [name, { _tag: 'Found', value: wanted }]),
  ),
})

const withStatus = (
  objects: ReadonlyArray<KubeObject>,
  { status: { patches, conditions } }: SomePass,
): ReadonlyArray<KubeObject> => {
  const patch = patches.find(({ object }) => object.kind === 'Config')?.object['status']
  return objects.map((object) =>
    object.kind === 'Config' && isJsonObject(patch)
      ? { ...object, status: { ...patch, conditions } }
      : object,
  )
}
