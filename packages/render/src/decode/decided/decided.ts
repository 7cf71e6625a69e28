import * as E from 'fp-ts/Either'

import {
  type Config,
  type Decisions,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
} from '../../model'

import { accessWishes } from '../access/access-wishes'
import type { Asked } from '../asked'
import { certificateIssuer } from '../certificates/certificate-wishes'
import { chosenStorage } from '../storage/chosen-storage'
import { claimWishes } from '../storage/claim-wishes'
import type { Decided } from '../config/complete-config'
import type { ConfigSpec } from '../codecs/config/config-spec'
import { decidedEncryption } from './decided-encryption'
import { type DecidedRollout, decidedRollout } from './decided-rollout'
import { decidedStorage } from './decided-storage'
import { type DecidedField, decidedTls } from './decided-tls'
import { exposureWishes } from '../exposure/exposure-wishes'
import { making } from '../storage/making-storage'
import { recordedStorage } from './recorded-storage'
import { spentConsent } from '../storage/spent-consent'
import { storageConsents } from '../storage/storage-consents'
import { storageManagement } from '../storage/storage-management'

/** What a Config asks for, with the fields that we decide in. */
export type WithDecisions = {
  readonly asked: Asked
  /** The spec as it is to be checked and understood. */
  readonly spec: JsonObject
  readonly storage: DecidedField
  readonly tls: DecidedField
  readonly rollout: DecidedRollout
}

const withField = (name: string, value: Json | undefined): JsonObject =>
  value === undefined ? {} : { [name]: value }

/** A spec with our decisions in place of what is missing in it, or what we decided before. */
export const withDecisions = (asked: Asked): WithDecisions => {
  const storage = decidedStorage(asked)
  const tls = decidedTls(asked)
  const rollout = decidedRollout(asked, storage.value)
  const { rolloutStrategy: _, ...rest } = asked.spec
  const spec = {
    ...rest,
    ...withField('rolloutStrategy', rollout.value),
    ...withField('storage', storage.value),
    ...withField('observedConfig', tls.value),
  }
  return { asked, spec, storage, tls, rollout }
}

/** Stands where nothing is to be stored (Removed, Unmanaged): there is nothing to make or to delete. */
const UNUSED_STORAGE: Pick<Config, 'storage' | 'storageManagement'> = {
  storage: { _tag: 'EmptyDir' },
  storageManagement: 'Unmanaged',
}

const NO_DECISIONS: Decisions = { finalizer: false, spec: {} }

/** What is understood of a Config that is going and says nothing that can be used. */
export const undecided = (subject: KubeObject): Decided => ({
  managementState: 'Removed',
  storage: UNUSED_STORAGE.storage,
  storageManagement: recordedManagement(subject),
  ...saidBesides(subject),
  decisions: NO_DECISIONS,
})

/** What was ours in the storage that was in use still is, unless the Config says that it is let go. */
const recordedManagement = ({ status, spec }: KubeObject): Config['storageManagement'] =>
  managementIn(spec) !== 'Unmanaged' && managementIn(status) === 'Managed' ? 'Managed' : 'Unmanaged'

/** A choice that cannot be used says nothing of the storage that was in use; that goes only if it is said to be ours. */
const managementLeft = ({ subject, state }: Asked): Config['storageManagement'] =>
  state === 'Removed' && managementIn(subject['spec']) === 'Managed'
    ? recordedManagement(subject)
    : 'Unmanaged'

const managementIn = (content: Json | undefined): Json | undefined => {
  const storage = isJsonObject(content) ? content['storage'] : undefined
  return isJsonObject(storage) ? storage['managementState'] : undefined
}

const saidBesides = (subject: KubeObject) => {
  const issuer = certificateIssuer(subject)
  return {
    uid: subject.metadata.uid ?? '',
    ...recordedStorage(subject),
    storageConsents: storageConsents(subject),
    claim: claimWishes(subject),
    access: accessWishes(subject),
    exposure: exposureWishes(subject),
    ...(issuer === undefined ? {} : { certificateIssuer: issuer }),
  }
}

/** A Config that waits for us already goes on doing so until the registry has gone. */
const isGuarded = ({ metadata: { finalizers } }: KubeObject): boolean =>
  isJsonArray(finalizers) && finalizers.includes(names.FINALIZER)

const unlessEmpty = (name: string, value: JsonObject): JsonObject =>
  Object.keys(value).length === 0 ? {} : { [name]: value }

type Management = { readonly managementState?: Json }

const decisions = (
  { asked: { subject, state }, tls, rollout }: WithDecisions,
  storage: JsonObject,
  management: Management,
): Decisions => ({
  finalizer: state === 'Managed' || isGuarded(subject),
  spec: {
    ...unlessEmpty('observedConfig', tls.ours),
    ...rollout.ours,
    ...unlessEmpty('storage', { ...storage, ...management }),
  },
})

/** What we decide for a spec that has been read. */
export const decided = (given: WithDecisions, { storage: wanted }: ConfigSpec): Decided => {
  const { asked } = given
  const chosen = chosenStorage(wanted)
  const said = saidBesides(asked.subject)
  if (E.isLeft(chosen)) {
    const settled = decisions(given, given.storage.ours, {})
    const unused = { ...UNUSED_STORAGE, storageManagement: managementLeft(asked) }
    return { managementState: asked.state, ...unused, ...said, decisions: settled }
  }
  const { management, isOurs } = storageManagement(asked, chosen.right)
  const { storage: understood, ours } = decidedEncryption(asked, {
    storage: chosen.right,
    ours: given.storage.ours,
  })
  const settled = decisions(
    given,
    ours,
    isOurs && asked.state === 'Managed' ? { managementState: management } : {},
  )
  const storage = { storage: understood, storageManagement: management, ...said }
  const intent = making(asked, storage)
  return {
    managementState: asked.state,
    ...storage,
    decisions: { ...settled, ...intent, ...spentConsent(asked, storage, intent) },
  }
}
