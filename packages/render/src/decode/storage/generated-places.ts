import * as E from 'fp-ts/Either'

import {
  cloudOf,
  type InfrastructureFacts,
  isJsonObject,
  isMachineAwaited,
  type Json,
  type JsonObject,
  names,
  type PartKind,
  type StorageFacts,
  textOf,
} from '../../model'

import type { Asked } from '../asked'
import { accountName, letteredName, plainBucketName } from '../../storage/generated-names'
import { isOthers, type OthersFields, othersBelow } from '../decided/others-fields'

/** Who a name is made for, and what has become of earlier ones. */
type Naming = {
  readonly cluster: string
  readonly seed: string
  readonly infrastructure?: InfrastructureFacts
  readonly seen?: StorageFacts
  readonly others: OthersFields
  /** Where images were when the status was last written. */
  readonly recorded: JsonObject
  readonly hasUserKey: boolean
}

const AZURE_USER_KEY = 'REGISTRY_STORAGE_AZURE_ACCOUNTKEY'

const hasUserKey = ({ facts: { contents } }: Asked): boolean =>
  contents.some(
    ({ kind, namespace, name, entries }) =>
      kind === 'Secret' &&
      namespace === names.REGISTRY_NAMESPACE &&
      name === names.USER_CREDENTIALS_SECRET &&
      Object.hasOwn(entries, AZURE_USER_KEY),
  )

/**
 * A cluster is named by its Infrastructure, or on plain Kubernetes for the uid of `kube-system`. Files may have neither: there
 * the Config's own uid tells clusters apart.
 */
const clusterName = (infrastructure: InfrastructureFacts | undefined, uid: string): string =>
  infrastructure?.infrastructureName || (uid === '' ? '' : `registry-${uid.slice(0, 8)}`)

const naming = (given: Asked): Naming => {
  const { infrastructure, storage } = given.facts
  const known = E.isRight(infrastructure) ? infrastructure.right : undefined
  const uid = given.subject.metadata.uid ?? ''
  return {
    cluster: clusterName(known, uid),
    seed: uid,
    ...(known === undefined ? {} : { infrastructure: known }),
    ...(storage._tag === 'Looked' ? { seen: storage } : {}),
    others: othersBelow(given.others, ['storage']),
    recorded: objectAt(objectAt(given.subject, 'status'), 'storage'),
    hasUserKey: hasUserKey(given),
  }
}

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

const whereMissing = (given: JsonObject, fields: { readonly [name: string]: Json }): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => textOf(given[name]) === '' && value !== ''),
  )

/** So many names are tried before somebody has to choose one. */
const CANDIDATES = 8

type Choice = {
  readonly path: readonly [string, string]
  /** What of the storage has the name. */
  readonly part: PartKind
  readonly current: string
  readonly candidate: (attempt: number) => string
}

// Where images were is no name of somebody else's, whatever a service answers in a bad minute.
const isTaken = ({ seen, recorded }: Naming, { path, part, current }: Choice): boolean => {
  const [backend, field] = path
  return (
    textOf(objectAt(recorded, backend)[field]) !== current &&
    isSaidToBeTaken(seen, { backend, part, current })
  )
}

const isSaidToBeTaken = (
  seen: StorageFacts | undefined,
  { backend, part, current }: { readonly backend: string } & Pick<Choice, 'part' | 'current'>,
): boolean =>
  seen !== undefined &&
  `${seen.place}/`.startsWith(`${backend}/${current}/`) &&
  seen.troubles.some((trouble) => trouble.error._tag === 'NameTaken' && trouble.part === part)

/** The first name where there is none; the next one where ours belongs to somebody else already. */
const chosen = (given: Naming, choice: Choice): string => {
  const { path, current, candidate } = choice
  if (current === '') return candidate(0)
  if (!isTaken(given, choice) || isOthers(othersBelow(given.others, path))) return current
  const all = Array.from({ length: CANDIDATES }, (_, attempt) => candidate(attempt))
  const index = all.indexOf(current)
  return index === -1 ? current : (all[index + 1] ?? current)
}

type Place = (specified: JsonObject, given: Naming) => JsonObject

/** Both or neither: a region of the user's has nothing to do with an endpoint of the cluster's. */
const locationOnAws = (specified: JsonObject, { infrastructure }: Naming) => {
  const isOpen = textOf(specified['region']) === '' && textOf(specified['regionEndpoint']) === ''
  const known = isOpen && infrastructure?.platformType === 'AWS' ? infrastructure : undefined
  return { region: known?.region ?? '', endpoint: known?.storageEndpoint ?? '' }
}

const s3: Place = (specified, given) => {
  const { region, endpoint } = locationOnAws(specified, given)
  const where = textOf(specified['region']) || region
  return where === '' || textOf(specified['bucket']) !== ''
    ? {}
    : {
        bucket: plainBucketName(given.cluster, where),
        ...whereMissing(specified, { region, regionEndpoint: endpoint }),
        ...(endpoint === '' ? {} : { virtualHostedStyle: true }),
      }
}

const gcs: Place = (specified, given) => {
  const { region = '', projectId = '' } = cloudOf('Gcs', given.infrastructure)
  const current = textOf(specified['bucket'])
  const where = textOf(specified['region']) || region
  const bucket = chosen(given, {
    path: ['gcs', 'bucket'],
    part: 'bucket',
    current,
    candidate: (attempt) => letteredName(given.cluster, where, `${given.seed}/gcs/${attempt}`),
  })
  return bucket === current
    ? {}
    : { bucket, ...whereMissing(specified, { region, projectID: projectId }) }
}

const swift: Place = (specified, { cluster, seed }) =>
  whereMissing(specified, { container: letteredName(cluster, '', `${seed}/swift`) })

const detail = ({ seen }: Naming, part: 'service-instance' | 'resource-key'): string => {
  const sight = seen?.sight?.parts[part]
  return sight?._tag === 'Present' ? textOf(sight.details['crn']) : ''
}

const ibmcos: Place = (specified, given) => {
  const { region = '', resourceGroup = '' } = cloudOf('IbmCos', given.infrastructure)
  const where = textOf(specified['location']) || region
  const current = textOf(specified['bucket'])
  const bucket = chosen(given, {
    path: ['ibmcos', 'bucket'],
    part: 'bucket',
    current,
    candidate: (attempt) => letteredName(given.cluster, where, `${given.seed}/ibmcos/${attempt}`),
  })
  return {
    ...(where === '' || bucket === current ? {} : { bucket }),
    ...whereMissing(specified, {
      ...(current === '' ? { location: region, resourceGroupName: resourceGroup } : {}),
      serviceInstanceCRN: detail(given, 'service-instance'),
      resourceKeyCRN: detail(given, 'resource-key'),
    }),
  }
}

const privateEndpoint = (specified: JsonObject, { cluster, seed }: Naming): JsonObject => {
  const access = objectAt(specified, 'networkAccess')
  const internal = objectAt(access, 'internal')
  return access['type'] !== 'Internal' || textOf(internal['privateEndpointName']) !== ''
    ? {}
    : {
        networkAccess: {
          internal: {
            privateEndpointName: accountName(cluster, `${seed}/azure/endpoint`),
          },
        },
      }
}

/** Who gives a key of an account knows the account; nothing can be made with it. */
const azure: Place = (specified, given) => {
  if (given.hasUserKey) return {}
  const current = textOf(specified['accountName'])
  const account = chosen(given, {
    path: ['azure', 'accountName'],
    part: 'account',
    current,
    candidate: (attempt) => accountName(given.cluster, `${given.seed}/azure/${attempt}`),
  })
  const cloudName = current === '' ? (given.infrastructure?.cloudName ?? '') : ''
  return {
    ...(account === current ? {} : { accountName: account }),
    ...whereMissing(specified, {
      container: letteredName(given.cluster, '', `${given.seed}/azure`),
      cloudName,
    }),
    ...privateEndpoint(specified, given),
  }
}

const isOfOtherType = (given: Json | undefined, value: Json): boolean =>
  (given ?? null) !== null && typeof given !== typeof value

/** Without what would hide a value that is wrong: whoever wrote it has to be told, and means no other storage. */
const besides = (given: JsonObject, added: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(added)
      .filter(([name, value]) => !isOfOtherType(given[name], value))
      .map(([name, value]): readonly [string, Json] => [
        name,
        isJsonObject(value) ? besides(objectAt(given, name), value) : value,
      ])
      .filter(([, value]) => !isJsonObject(value) || Object.keys(value).length > 0),
  )

const PLACES: { readonly [backend: string]: Place } = { s3, gcs, swift, ibmcos, azure }

/**
 * What is to be added to `spec.storage` so that it says where images are: names that we generate, and what the cluster says.
 * It is written down before anything is made by that name, so that nothing is made that nobody knows of.
 */
export const generatedPlaces = (storage: JsonObject, given: Asked): JsonObject => {
  const backends = Object.keys(PLACES).filter((backend) => isJsonObject(storage[backend]))
  const [backend] = backends
  const place = backend === undefined ? undefined : PLACES[backend]
  if (backend === undefined || place === undefined || backends.length > 1) return {}
  const known = naming(given)
  const isOpen = known.cluster === '' || isMachineAwaited(given.facts)
  const specified = objectAt(storage, backend)
  const added = isOpen ? {} : besides(specified, place(specified, known))
  return Object.keys(added).length === 0 ? {} : { [backend]: added }
}
