import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  AZURE_CLOUDS,
  AZURE_STACK_CLOUD,
  type AzureStorage,
  type ClusterFacts,
  isJsonObject,
  names,
  type RenderProblem,
  textOf,
} from '../../model'
import { bundle } from '../certificates/bundle'

/** The cloud that a storage account is in. */
export type AzureCloud = {
  /** What the hosts of its storage end in. */
  readonly realm: string
  /** Where the registry's pod shows who it is. */
  readonly authority: string
  /** Azure Resource Manager, and the audience of its tokens. */
  readonly resourceManager: string
  readonly audience: string
  readonly isStack: boolean
  /** It is not simply the public one, or somebody has said that it is. */
  readonly isNamed: boolean
}

const PUBLIC_CLOUD = 'AZUREPUBLICCLOUD'

/** The cloud that the Config names, else that of the cluster: an account is hardly ever in another one. */
export const azureCloud = (
  { cloudName: specified }: AzureStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, AzureCloud> => {
  const name = (specified === '' ? cloudOfCluster(facts) : specified).toUpperCase()
  if (name === AZURE_STACK_CLOUD) return azureStack(facts)
  const cloud = Object.hasOwn(AZURE_CLOUDS, name) ? AZURE_CLOUDS[name] : undefined
  return cloud === undefined
    ? E.left({ _tag: 'StorageNotProvisioned', backend: 'azure', missing: ['cloudName'] })
    : E.right({
        ...cloud,
        audience: cloud.resourceManager,
        isStack: false,
        isNamed: specified !== '' || name !== PUBLIC_CLOUD,
      })
}

const cloudOfCluster = ({ infrastructure }: ClusterFacts): string =>
  E.isRight(infrastructure) && infrastructure.right.platformType === 'Azure'
    ? (infrastructure.right.cloudName ?? PUBLIC_CLOUD)
    : PUBLIC_CLOUD

const ENDPOINTS = 'endpoints'
const CLOUD_SETTINGS = { namespace: names.CONFIG_NAMESPACE, name: names.CLOUD_PROVIDER_CONFIG_MAP }

const azureStack = (facts: ClusterFacts): E.Either<RenderProblem, AzureCloud> => {
  const settings = bundle(facts, CLOUD_SETTINGS.namespace, CLOUD_SETTINGS.name)
  if (settings === undefined) return E.left({ _tag: 'ConfigMapMissing', ...CLOUD_SETTINGS })
  const endpoints = parsed(settings.data[ENDPOINTS] ?? '')
  const text = (field: string): string => (isJsonObject(endpoints) ? textOf(endpoints[field]) : '')
  const realm = text('storageEndpointSuffix')
  return realm === ''
    ? E.left({ _tag: 'ConfigMapEntryMissing', ...CLOUD_SETTINGS, key: ENDPOINTS })
    : E.right({
        realm,
        authority: text('activeDirectoryEndpoint'),
        resourceManager: text('resourceManagerEndpoint'),
        audience: text('tokenAudience'),
        isStack: true,
        isNamed: true,
      })
}

const parsed = (text: string): unknown =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => undefined,
    ),
    E.getOrElse((): unknown => undefined),
  )
