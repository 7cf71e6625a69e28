import type { JsonRecord } from '../../front/json-shape'
import { sendJson } from '../../front/send-json'
import { armError, sendArmError } from './arm-error'
import { bodyProblems, type Contract } from './contracts'
import type { Exchange, World } from './exchange'
import { resourceNotFound } from './reading'
import type { ResourcePath } from './resource-path'
import {
  completed,
  problemOfDeletion,
  problemOfResource,
  removeResource,
  type Resource,
} from './resources'

/** A request about one resource, with what the published API says of its type. */
export type ResourceRequest = Readonly<{
  exchange: Exchange
  path: ResourcePath
  contract: Contract
}>

const isAccount = ({ contract }: ResourceRequest): boolean =>
  contract.type === 'Microsoft.Storage/storageAccounts'

const operationUrl = (
  { subscription }: World,
  kind: 'statuses' | 'results',
  id: string,
): string => {
  const provider = `/subscriptions/${subscription}/providers/Microsoft.Resources`
  return `https://management.azure.com${provider}/operation${kind}/${id}?api-version=2020-01-01`
}

/** Where to ask about an operation that makes something: each provider has its own way to say so. */
const headersOfMaking = (
  world: World,
  { making }: Contract,
  operation: string,
): Readonly<Record<string, string>> => ({
  'Retry-After': '0',
  ...(making !== 'async-operation' && { Location: operationUrl(world, 'results', operation) }),
  ...(making !== 'location' && {
    'Azure-AsyncOperation': operationUrl(world, 'statuses', operation),
  }),
})

const sentResource = ({ exchange, path, contract }: ResourceRequest): Resource => ({
  ...exchange.body,
  id: path.id,
  name: path.names.at(-1) ?? '',
  type: contract.type,
  properties: (exchange.body['properties'] ?? {}) as JsonRecord,
})

const inState = (resource: Resource, provisioningState: string): Resource => ({
  ...resource,
  properties: { ...resource.properties, provisioningState },
})

const settle = async ({ resources, accounts }: World, resource: Resource): Promise<void> => {
  resources.set(inState(resource, 'Succeeded'))
  await accounts.refresh(resources)
}

const beginToMake = (
  world: World,
  { exchange, path, contract }: ResourceRequest,
  { resource, status }: Readonly<{ resource: Resource; status: 200 | 201 }>,
): void => {
  const { resources, running } = world
  const operation = running.begin(
    () => settle(world, resource),
    () => resources.get(path.id),
  )
  const headers = headersOfMaking(world, contract, operation)
  if (contract.making === 'async-operation')
    return sendJson(exchange.response, status, resources.get(path.id), headers)
  exchange.response.writeHead(202, { ...headers, 'Content-Length': 0 }).end()
}

const make = async (world: World, request: ResourceRequest): Promise<void> => {
  const { resources } = world
  const { response } = request.exchange
  const wanted = sentResource(request)
  const problem = problemOfResource({ resource: wanted, resources }, request.path)
  if (problem !== undefined) return sendArmError(response, problem)
  const status = resources.get(wanted.id) === undefined ? 201 : 200
  const resource = completed(wanted, resources)
  const isAtOnce = request.contract.making === 'at-once' || (isAccount(request) && status === 200)
  if (isAtOnce) {
    await settle(world, resource)
    return sendJson(response, status, resources.get(wanted.id))
  }
  // A storage account is not there before its time; the others are, unfinished.
  if (!isAccount(request)) resources.set(inState(resource, 'Updating'))
  beginToMake(world, request, { resource, status })
}

const patched = (before: Resource, body: JsonRecord): Resource => ({
  ...before,
  ...body,
  properties: { ...before.properties, ...(body['properties'] as JsonRecord | undefined) },
})

const change = async (world: World, { exchange, path }: ResourceRequest): Promise<void> => {
  const before = world.resources.get(path.id)
  if (before === undefined) return sendArmError(exchange.response, resourceNotFound(path))
  await settle(world, patched(before, exchange.body))
  sendJson(exchange.response, 200, world.resources.get(path.id))
}

/** Answers a request that makes or changes a resource. */
export const answerWrite = async (world: World, request: ResourceRequest): Promise<void> => {
  const { method, body, response } = request.exchange
  const wrong = bodyProblems(request.contract, body, method === 'PATCH')
  if (wrong.length > 0)
    return sendArmError(response, armError(400, 'InvalidRequestContent', wrong.join('; ')))
  return method === 'PATCH' ? change(world, request) : make(world, request)
}

/** Answers a request that takes a resource away. */
export const answerDeletion = async (world: World, request: ResourceRequest): Promise<void> => {
  const { resources, running, accounts } = world
  const { response } = request.exchange
  const resource = resources.get(request.path.id)
  if (resource === undefined) return void response.writeHead(204).end()
  const problem = problemOfDeletion(resource, resources)
  if (problem !== undefined) return sendArmError(response, problem)
  const takeAway = async (): Promise<void> => {
    if (isAccount(request)) await accounts.empty(resource.name)
    removeResource(resource, resources)
    await accounts.refresh(resources)
  }
  if (request.contract.deleting === 'at-once') {
    await takeAway()
    return void response.writeHead(200, { 'Content-Length': 0 }).end()
  }
  const operation = running.begin(takeAway, () => undefined)
  const headers = { Location: operationUrl(world, 'results', operation), 'Retry-After': '0' }
  response.writeHead(202, { ...headers, 'Content-Length': 0 }).end()
}
