import { inProcessClient, type ObjectDatabase } from '@image-registry-operator/apply/testing'
import {
  startOperator,
  redacted,
  TEST_RELEASE,
  type LogEvent,
  type Metrics,
  type Operator,
  type OperatorDeps,
} from '@image-registry-operator/operator/testing'
import { keptObject } from '@image-registry-operator/render'
import type { KubeObject } from '@image-registry-operator/render/model'
import { cloudsSecret } from '@image-registry-operator/storage-drivers'
import * as TE from 'fp-ts/TaskEither'

import { apiCourier } from './api-courier'
import type { CourierDeps } from './courier-deps'
import type { OpenWatch } from './open-watch'
import { issueIn } from './issue'
import { CLEANUP_LOG } from './jobs'
import { storagesOf, type StorageDeps } from './storages'
import type { Actor } from './world'

export type ProcessDeps = Omit<CourierDeps, 'actor' | 'onEffect'> &
  Pick<StorageDeps, 'things' | 'doors' | 'onLoss'> & {
    readonly database: ObjectDatabase
    readonly watches: Set<OpenWatch>
    readonly onRequest: CourierDeps['onEffect']
    readonly onStorage: StorageDeps['onEffect']
    readonly onLog: (actor: Actor, event: LogEvent) => void
    /** The process has lost the lease, and ends. */
    readonly onLost: (actor: Actor) => void
    /** Breaks something in the operator, to see that it is noticed. */
    readonly broken?: Breakage
  }

/** An operator with a defect. */
export type Breakage = (deps: OperatorDeps) => OperatorDeps

const nothing = () => () => undefined

/** Nobody counts here. */
const NO_METRICS: Metrics = {
  passEnded: nothing,
  requestSeen: nothing,
  wrote: nothing,
  driftCorrected: nothing,
  correctionContested: nothing,
  conditionsAre: nothing,
  leaderIs: nothing,
  storageRequestSeen: nothing,
  accountKeySeen: nothing,
  storageReconfigured: () => undefined,
  storageTypeIs: nothing,
  prunerIs: nothing,
  imageStreamTagsAre: nothing,
  eventFailed: () => undefined,
  text: async () => '',
  contentType: '',
}

/** Objects never change, and the same ones are looked at in every history. */
const remembered = <A extends object, B>(work: (value: A) => B): ((value: A) => B) => {
  const known = new WeakMap<A, B>()
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    const result = work(value)
    known.set(value, result)
    return result
  }
}

const redact = remembered<KubeObject, KubeObject>(redacted)
const keptWhole = remembered<KubeObject, KubeObject>((object) => keptObject(object, false))
const keptMetadata = remembered<KubeObject, KubeObject>((object) => keptObject(object, true))

/** Everything that an operator gets, of this world. */
const operatorDeps = (deps: ProcessDeps, actor: Actor): OperatorDeps => {
  const { world, database, watches } = deps
  let drawn = 0
  return {
    client: {
      ...inProcessClient(
        database,
        apiCourier({ ...deps, actor, onEffect: deps.onRequest }, watches),
      ),
      // The only pods whose logs anybody reads are those of clean-ups.
      readLog: () => TE.right(CLEANUP_LOG),
    },
    clock: world.clockOf(actor),
    random: () => 0.5,
    // What is generated is the same in every history; what only has to be unique is.
    randomBytes: (count) => () => {
      drawn += 1
      return count > 4 ? new Uint8Array(count).fill(7) : new Uint8Array(count).fill(drawn)
    },
    redact,
    keep: (object, metadataOnly) => (metadataOnly ? keptMetadata : keptWhole)(object),
    log: (event) => () => deps.onLog(actor, event),
    setLogLevel: nothing,
    keepEndpoints: () => async () => undefined,
    extracted: (document, { cloud, field }) => cloudsSecret(document, cloud, field),
    issue: issueIn(world),
    hashPassword: (password) => async () => `hash of ${password.length}`,
    probeObjectStore: () => TE.right({ usable: false }),
    driverFor: storagesOf({ ...deps, actor, onEffect: deps.onStorage }),
    metrics: NO_METRICS,
    release: TEST_RELEASE,
    podName: actor.name,
    identity: actor.name,
  }
}

/** Starts a whole operator. */
export const startProcess = (deps: ProcessDeps, actor: Actor): Operator => {
  deps.world.tell(`${actor.name}: starts`)
  const { broken = (whole) => whole } = deps
  return startOperator(broken(operatorDeps(deps, actor)), () => deps.onLost(actor))()
}
