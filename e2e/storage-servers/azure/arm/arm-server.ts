import type { IncomingMessage, ServerResponse } from 'node:http'

import { type JsonRecord, parsedRecord } from '../../front/json-shape'
import { sendJson } from '../../front/send-json'
import { wholeBody } from '../../front/upstream'
import { type AccountKeeper, answerAccountAction } from './account-actions'
import { type ArmError, armError, sendArmError } from './arm-error'
import { type Contract, contractOf } from './contracts'
import type { Exchange, World } from './exchange'
import { operations } from './operations'
import { answerRead } from './reading'
import { type ResourcePath, resourcePath } from './resource-path'
import { makeResources, type Resources } from './resources'
import { answerDeletion, answerWrite } from './writing'

/** A request that was answered. */
export type ArmRequest = Readonly<{
  method: string
  /** With its query. */
  path: string
  body: JsonRecord
  status: number
}>

/** Azure Resource Manager, as far as storage accounts and private endpoints go. */
export type Arm = Readonly<{
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  resources: Resources
  requests: () => ReadonlyArray<ArmRequest>
  stop: () => void
}>

/** What an ARM is made with. */
export type ArmSettings = Readonly<{
  subscription: string
  /** Names of the resource groups that there are. */
  groups: ReadonlyArray<string>
  /** Where the groups are. */
  location: string
  /** How long it takes to make or delete something. */
  operationMs: number
  isAuthorized: (request: IncomingMessage) => boolean
  accounts: AccountKeeper
}>

type Place = Readonly<{ world: World; settings: ArmSettings }>

const versionPattern = /^\d{4}-\d{2}-\d{2}(-preview)?$/

const problemOfVersion = ({ url }: Exchange, contract: Contract): ArmError | undefined => {
  const version = url.searchParams.get('api-version') ?? ''
  if (version === '')
    return armError(400, 'MissingApiVersionParameter', 'The api-version parameter is required.')
  return versionPattern.test(version) && version >= contract.oldestVersion
    ? undefined
    : armError(
        400,
        'NoRegisteredProviderFound',
        `No registered resource provider found for '${contract.type}' in version '${version}'.`,
      )
}

const hasGroup = ({ groups }: ArmSettings, name: string): boolean =>
  groups.some((group) => group.toLowerCase() === name.toLowerCase())

const groupNotFound = (name: string): ArmError =>
  armError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`)

/** Whether a name is free is asked of the provider itself, not of a resource. */
const isNameCheck = ({ type, rest }: ResourcePath): boolean =>
  type === 'microsoft.storage' && rest === 'checkNameAvailability'

const problemOfRequest = (
  { settings }: Place,
  exchange: Exchange,
  { path, contract }: Readonly<{ path: ResourcePath; contract: Contract | undefined }>,
): ArmError | undefined => {
  if (contract === undefined)
    return isNameCheck(path)
      ? undefined
      : armError(404, 'InvalidResourceType', `${path.type} is not known.`)
  const ofVersion = problemOfVersion(exchange, contract)
  if (ofVersion !== undefined) return ofVersion
  return path.group === undefined || hasGroup(settings, path.group)
    ? undefined
    : groupNotFound(path.group)
}

const answerResource = async (
  place: Place,
  exchange: Exchange,
  path: ResourcePath,
): Promise<void> => {
  const { world } = place
  const { response, method } = exchange
  const contract = contractOf(path.type) ?? contractOf(`${path.type}/${path.rest ?? ''}`)
  const problem = problemOfRequest(place, exchange, { path, contract })
  if (problem !== undefined) return sendArmError(response, problem)
  if (method === 'POST') return answerAccountAction({ ...exchange, ...world, path })
  if (method === 'GET') return answerRead(exchange, path, world.resources)
  if (contract === undefined || path.rest !== undefined)
    return sendArmError(response, armError(405, 'MethodNotAllowed', `${method} is not allowed.`))
  const request = { exchange, path, contract }
  return method === 'DELETE' ? answerDeletion(world, request) : answerWrite(world, request)
}

const answerGroup = ({ settings }: Place, { response }: Exchange, name: string): void => {
  const { subscription, location } = settings
  if (!hasGroup(settings, name)) return sendArmError(response, groupNotFound(name))
  const id = `/subscriptions/${subscription}/resourceGroups/${name}`
  const properties = { provisioningState: 'Succeeded' }
  sendJson(response, 200, {
    id,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    properties,
  })
}

const operationPath = /\/providers\/Microsoft\.Resources\/operation(statuses|results)\/([^/]+)$/

const isAnsweredAsOperation = ({ world }: Place, { url, response }: Exchange): boolean => {
  const [, kind, id = ''] = operationPath.exec(url.pathname) ?? []
  if (kind === undefined) return false
  const { answerStatus, answerResult } = world.running
  return kind === 'statuses' ? answerStatus(id, response) : answerResult(id, response)
}

const answerAuthorized = async (place: Place, exchange: Exchange): Promise<void> => {
  const { response, url } = exchange
  if (isAnsweredAsOperation(place, exchange)) return
  const [, subscription = '', group] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+)$)?/i.exec(url.pathname) ?? []
  if (subscription !== place.settings.subscription) {
    const message = `The subscription '${subscription}' could not be found.`
    return sendArmError(response, armError(404, 'SubscriptionNotFound', message))
  }
  if (group !== undefined) return answerGroup(place, exchange, group)
  const path = resourcePath(url.pathname)
  return path === undefined
    ? sendArmError(response, armError(404, 'NotFound', 'Not found.'))
    : answerResource(place, exchange, path)
}

/**
 * An ARM that holds every request against the published API (see contracts.ts) and refuses, with a 400, what does not
 * fit. What is long-running there is so here: whoever does not wait finds nothing yet, or something unfinished.
 */
export const armServer = (settings: ArmSettings): Arm => {
  const { subscription, accounts } = settings
  const resources = makeResources()
  const running = operations(settings.operationMs)
  const place = { settings, world: { subscription, resources, running, accounts } }
  const requests: ArmRequest[] = []
  return {
    resources,
    requests: () => [...requests],
    stop: running.stop,
    answer: async (request, response) => {
      const { method = '', url: path = '/' } = request
      const body = parsedRecord(await wholeBody(request))
      response.once('finish', () =>
        requests.push({ method, path, body, status: response.statusCode }),
      )
      if (!settings.isAuthorized(request))
        return sendArmError(
          response,
          armError(401, 'AuthenticationFailed', 'Authentication failed.'),
        )
      const url = new URL(path, 'https://management.azure.com')
      return answerAuthorized(place, { method, url, body, response })
    },
  }
}
