import * as E from 'fp-ts/Either'

import {
  type AzureStorage,
  cloudOf,
  type Decisions,
  type StorageBackend,
  type StorageKnown,
  storagePlace,
} from '../../model'
import { factsOfPlace, imagePart, imageSight } from '../../storage/image-part'
import { formerMarks, type Owner, ownMarks } from '../../storage/marks'
import { mayMake, type Making } from '../../storage/may-make'
import { cannotBeMarked, type Proof, proofOf, proofWithin } from '../../storage/proof'
import { hasAccountForm, hasGeneratedForm } from '../../storage/generated-names'

import type { Asked } from '../asked'

/**
 * The place of a storage that we are about to make, or began to make. It is written down before, so that whoever finds
 * it half made knows that nobody else made it, and taken away when it carries our marks.
 */
export const making = (given: Asked, config: Making): Pick<Decisions, 'makesStorage'> => {
  const place = storagePlace(config.storage)
  if (place === undefined) return {}
  const isBegun = config.storageConsents.making === place
  return isRemembered(given, config, isBegun) ? { makesStorage: place } : {}
}

const isRemembered = (given: Asked, config: Making, isBegun: boolean): boolean => {
  switch (given.state) {
    case 'Managed':
      return imageSight(given.facts.storage, config.storage)?._tag === 'Absent'
        ? mayMake(config)
        : isBegun && !isDone(given, config)
    case 'Removed':
      return isBegun && !hasGone(given, config)
    case 'Unmanaged':
      return false
  }
}

/** Nothing is there, and nothing will be: nobody has to remember it any more. */
const hasGone = ({ facts: { storage: known } }: Asked, { storage }: Making): boolean => {
  const facts = factsOfPlace(known, storage)
  const parts = Object.values(facts?.sight?.parts ?? {})
  return (
    facts?.work === undefined && parts.length > 0 && parts.every(({ _tag }) => _tag === 'Absent')
  )
}

const isDone = (given: Asked, config: Making): boolean => {
  const sight = imageSight(given.facts.storage, config.storage)
  const proof = imageProof(given, config)
  // Somebody has put something into it that is not marked: it is not what we made.
  const isOthers = sight?._tag === 'Present' && proof === 'nobody' && sight.isEmpty === false
  return proof === 'ours' || isOthers || cannotBeMarked(sight)
}

/** Whose things are made for a Config; the cluster's region, where it says one and the storage is in its cloud. */
const ownerOf = (
  { subject, facts: { infrastructure, platform } }: Asked,
  backend: StorageBackend,
): Owner & { readonly region: string } => {
  const known = E.isRight(infrastructure) ? infrastructure.right : undefined
  return {
    configUid: subject.metadata.uid ?? '',
    infrastructureName: known?.infrastructureName ?? '',
    mayHaveOriginal: platform === 'OpenShift',
    region: cloudOf(backend, known).region ?? '',
  }
}

/** Who made the part with the images. */
export const imageProof = (given: Asked, { storage }: Pick<Making, 'storage'>): Proof => {
  const kind = imagePart(storage)
  if (kind === undefined || storage._tag === 'EmptyDir' || storage._tag === 'Pvc') return 'unknown'
  const owner = ownerOf(given, storage._tag)
  const [name, extra] = nameAndExtra(storage, owner.region)
  const isGeneratedName = hasGeneratedForm(name, owner.infrastructureName, extra)
  const known = given.facts.storage
  const own = proofOf(imageSight(known, storage), {
    marks: ownMarks(storage._tag, kind, owner),
    formerMarks: formerMarks(storage._tag, kind, owner),
    isGeneratedName,
  })
  return storage._tag === 'Azure'
    ? proofWithin(own, isGeneratedName, accountProof(storage, owner, known))
    : own
}

const accountProof = (storage: AzureStorage, owner: Owner, known: StorageKnown): Proof =>
  proofOf(factsOfPlace(known, storage)?.sight?.parts.account, {
    marks: ownMarks('Azure', 'account', owner),
    formerMarks: formerMarks('Azure', 'account', owner),
    isGeneratedName: hasAccountForm(storage.accountName, owner.infrastructureName),
  })

type Outside = Exclude<Making['storage'], { readonly _tag: 'EmptyDir' | 'Pvc' }>

/** What a generated name is made of besides the cluster: where the storage is. */
const nameAndExtra = (storage: Outside, region: string): readonly [string, string] => {
  switch (storage._tag) {
    case 'S3':
    case 'Gcs':
      return [storage.bucket, storage.region === '' ? region : storage.region]
    case 'IbmCos':
      return [storage.bucket, storage.location === '' ? region : storage.location]
    case 'Azure':
    case 'Swift':
      return [storage.container, '']
  }
}
