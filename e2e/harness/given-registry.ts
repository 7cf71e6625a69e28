import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { applyConfig, type Condition, conditionOf, getConfig } from './config-status'
import { eventually } from './eventually'

/** What the properties of the acceptance checklist begin with, unless they say otherwise. */
export const oneOnEmptyDir = {
  managementState: 'Managed',
  replicas: 1,
  storage: { emptyDir: {} },
}

const isAt = (config: KubeObject, type: string, status: string): boolean =>
  conditionOf(config, type)?.status === status

const isCurrent = ({ metadata, status }: KubeObject): boolean => {
  const { observedGeneration = 0 } = (status ?? {}) as Readonly<{ observedGeneration?: number }>
  return observedGeneration >= Number(metadata['generation'])
}

/** The operator has come to an end with the Config as it stands: the registry is there, or cannot be. */
const isProcessed = (config: KubeObject): boolean =>
  isCurrent(config) &&
  ((isAt(config, 'Progressing', 'False') && isAt(config, 'Available', 'True')) ||
    isAt(config, 'Degraded', 'True'))

const conditionsIn = ({ status }: KubeObject): string => {
  const { conditions = [] } = (status ?? {}) as Readonly<{ conditions?: ReadonlyArray<Condition> }>
  return conditions.map(({ type, status: is, reason }) => `${type}=${is}/${reason}`).join(' ')
}

const untilConfig = async (
  client: ClusterClient,
  what: string,
  isExpected: (config: KubeObject) => boolean,
): Promise<KubeObject> => {
  const asked = async (): Promise<KubeObject | undefined> => {
    const config = await getConfig(client)
    return isExpected(config) ? config : undefined
  }
  try {
    return await eventually(what, asked)
  } catch (error) {
    throw new Error(`${what}: ${conditionsIn(await getConfig(client))}`, { cause: error })
  }
}

/** Waits until the operator has come to an end with the Config as it stands, well or not. */
const untilProcessed = (client: ClusterClient): Promise<KubeObject> =>
  untilConfig(client, 'the Config is processed', isProcessed)

/** Waits until the registry is as the Config wants it. */
export const untilAvailable = (client: ClusterClient): Promise<KubeObject> =>
  untilConfig(
    client,
    'the registry is available',
    (config) =>
      isAt(config, 'Available', 'True') &&
      isAt(config, 'Progressing', 'False') &&
      isCurrent(config),
  )

/** Applies a Config, the usual one with further fields, and waits until the operator has come to an end with it. */
export const givenRegistry = async (
  client: ClusterClient,
  spec: object = {},
): Promise<KubeObject> => {
  await applyConfig(client, { ...oneOnEmptyDir, ...spec })
  return untilProcessed(client)
}
