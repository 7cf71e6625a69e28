import {
  anything,
  type Check,
  isRecord,
  type JsonRecord,
  listOf,
  record,
  text,
} from '../front/json-shape'
import {
  addInstance,
  addKey,
  type IbmAccount,
  type IbmInstance,
  type IbmKey,
  isNamedBy,
  STANDARD_PLAN,
} from './ibm-account'
import { type IbmAnswer, page, rcError } from './ibm-answer'
import type { IbmManners } from './ibm-manners'
import { shownInstance, shownKey } from './shown-resources'

type Asked = Readonly<{ method: string; url: URL; body: JsonRecord; manners: IbmManners }>

// Names of at most 180 characters, of which these are special.
const name = text(/^[\w .:-]{1,180}$/)

const isNewInstance: Check = record({
  name,
  target: text(/^(bluemix-global|global|crn:.+)$/),
  resource_group: text(/./),
  resource_plan_id: text(/./),
  tags: listOf(text(/^[\w .:-]{1,128}$/)),
  allow_cleanup: anything,
  parameters: isRecord,
})

const isNewKey: Check = record({
  name,
  source: text(/./),
  parameters: isRecord,
  role: text(/^(Reader|Writer|Manager|crn:v1:bluemix:public:iam::::serviceRole:\w+)$/),
})

const has = (body: JsonRecord, ...names: ReadonlyArray<string>): boolean =>
  names.every((one) => one in body)

const parametersOf = (body: JsonRecord): JsonRecord =>
  isRecord(body['parameters']) ? body['parameters'] : {}

/** HMAC is the one that the object storage documents for a key; serviceid_crn is the platform's. */
const isKnown = (parameters: JsonRecord): boolean =>
  Object.keys(parameters).every((one) => one === 'HMAC' || one === 'serviceid_crn')

const malformed = (): IbmAnswer => rcError(400, 'RC-InvalidRequest', 'The request is not valid')
const notFound = (): IbmAnswer => rcError(404, 'RC-NotFound', 'The resource was not found')
const unknownParameter = (): IbmAnswer =>
  rcError(400, 'RC-ServiceBrokerErrorResponse', 'The parameters are not supported by the broker')

const INSTANCE_QUERY = new Set([
  ...['guid', 'name', 'resource_group_id', 'resource_id', 'resource_plan_id', 'type', 'sub_type'],
  ...['limit', 'start', 'state', 'updated_from', 'updated_to'],
])

const listInstances = (account: IbmAccount, { url, manners }: Asked): IbmAnswer => {
  const query = url.searchParams
  if ([...query.keys()].some((one) => !INSTANCE_QUERY.has(one))) return malformed()
  const is = (one: string, value: string): boolean => (query.get(one) ?? value) === value
  const state = query.get('state')
  const found = account.instances.filter(
    (instance) =>
      is('name', instance.name) &&
      is('resource_group_id', instance.resourceGroupId) &&
      is('resource_plan_id', instance.planId) &&
      // Others are only listed when they are asked for.
      (state === null
        ? ['active', 'provisioning'].includes(instance.state)
        : instance.state === state),
  )
  // A token of a page holds the whole question.
  const listed = page(found, { path: '/v2/resource_instances', query, size: manners.pageSize })
  return withShown(listed, (instance: IbmInstance) => shownInstance(account, instance))
}

const withShown = <A>({ status, body }: IbmAnswer, show: (one: A) => unknown): IbmAnswer =>
  isRecord(body) && Array.isArray(body['resources'])
    ? { status, body: { ...body, resources: (body['resources'] as A[]).map(show) } }
    : { status, body }

const createInstance = (account: IbmAccount, { body, manners }: Asked): IbmAnswer => {
  if (!isNewInstance(body) || !has(body, 'name', 'target', 'resource_group', 'resource_plan_id'))
    return malformed()
  const group = account.groups.find(({ id }) => id === body['resource_group'])
  if (group === undefined) return rcError(404, 'RC-ResourceGroupNotFound', 'No such group')
  if (body['resource_plan_id'] !== STANDARD_PLAN)
    return rcError(400, 'RC-PlanNotFound', 'No such plan')
  const parameters = parametersOf(body)
  if (manners.refusesUnknownParameters && !isKnown(parameters)) return unknownParameter()
  const instance = addInstance(account, {
    name: String(body['name']),
    resourceGroupId: group.id,
    tags: Array.isArray(body['tags']) ? body['tags'].map(String) : [],
    parameters,
    createdBy: account.iamId,
    looksUntilActive: manners.looksUntilActive,
  })
  return {
    status: instance.state === 'active' ? 201 : 202,
    body: shownInstance(account, instance),
  }
}

const lookAtInstance = (account: IbmAccount, instance: IbmInstance): IbmAnswer => {
  if (instance.state === 'provisioning') {
    instance.looksUntilActive -= 1
    if (instance.looksUntilActive <= 0) instance.state = 'active'
  }
  return { status: 200, body: shownInstance(account, instance) }
}

const deleteInstance = (account: IbmAccount, instance: IbmInstance, { url }: Asked): IbmAnswer => {
  const isGone = ['removed', 'pending_reclamation'].includes(instance.state)
  if (isGone) return rcError(410, 'RC-ResourceInstanceGone', 'The instance was removed')
  const keys = account.keys.filter(
    ({ instanceCrn, state }) => instanceCrn === instance.crn && state === 'active',
  )
  const isRecursive = url.searchParams.get('recursive') === 'true'
  if (keys.length > 0 && !isRecursive)
    return rcError(400, 'RC-ResourceInstanceHasKeys', 'The instance still has keys')
  for (const key of keys) key.state = 'removed'
  // For seven days it could be had back.
  instance.state = 'pending_reclamation'
  return { status: 202 }
}

const createKey = (account: IbmAccount, { body, manners }: Asked): IbmAnswer => {
  if (!isNewKey(body) || !has(body, 'name', 'source')) return malformed()
  const instance = account.instances.find(isNamedBy(String(body['source'])))
  if (instance === undefined) return notFound()
  if (instance.state !== 'active')
    return rcError(409, 'RC-InstanceNotActive', 'The instance is not active')
  const parameters = parametersOf(body)
  if (manners.refusesUnknownParameters && !isKnown(parameters)) return unknownParameter()
  const role = String(body['role'] ?? 'Writer')
  const key = addKey(account, instance, {
    name: String(body['name']),
    role: role.startsWith('crn:') ? role : `crn:v1:bluemix:public:iam::::serviceRole:${role}`,
    parameters,
    createdBy: account.iamId,
    refusalsLeft: manners.refusalsOfNewKeys,
  })
  return { status: 201, body: shownKey(account, key, manners) }
}

const keysOf = (account: IbmAccount, instance: IbmInstance, { url, manners }: Asked): IbmAnswer => {
  const keys = account.keys.filter(
    ({ instanceCrn, state }) => instanceCrn === instance.crn && state === 'active',
  )
  const listed = page(keys, {
    path: url.pathname,
    query: url.searchParams,
    size: manners.pageSize,
  })
  return withShown(listed, (key: IbmKey) => shownKey(account, key, manners))
}

const answerInstance = (
  account: IbmAccount,
  asked: Asked,
  id: string,
  below: string,
): IbmAnswer => {
  const instance = account.instances.find(isNamedBy(decodeURIComponent(id)))
  if (instance === undefined) return notFound()
  if (below === '/resource_keys' && asked.method === 'GET') return keysOf(account, instance, asked)
  if (below !== '') return notFound()
  if (asked.method === 'GET') return lookAtInstance(account, instance)
  return asked.method === 'DELETE' ? deleteInstance(account, instance, asked) : malformed()
}

const answerKey = (account: IbmAccount, { method, manners }: Asked, id: string): IbmAnswer => {
  const key = account.keys.find(isNamedBy(decodeURIComponent(id)))
  if (key === undefined) return notFound()
  if (method === 'GET') return { status: 200, body: shownKey(account, key, manners) }
  if (method !== 'DELETE') return malformed()
  if (key.state === 'removed') return rcError(410, 'RC-ResourceKeyGone', 'The key was removed')
  key.state = 'removed'
  return { status: 204 }
}

const answerAll = (account: IbmAccount, asked: Asked): IbmAnswer | undefined => {
  switch (`${asked.method} ${asked.url.pathname}`) {
    case 'GET /v2/resource_instances':
      return listInstances(account, asked)
    case 'POST /v2/resource_instances':
      return createInstance(account, asked)
    case 'POST /v2/resource_keys':
      return createKey(account, asked)
    default:
      return undefined
  }
}

const answerOne = (account: IbmAccount, asked: Asked): IbmAnswer => {
  const [, kind, id = '', below = ''] =
    /^\/v2\/(resource_instances|resource_keys)\/([^/]+)(\/\w+)?$/.exec(asked.url.pathname) ?? []
  if (kind === 'resource_instances') return answerInstance(account, asked, id, below)
  return kind === 'resource_keys' ? answerKey(account, asked, id) : notFound()
}

/** Instances and keys: version 2 of the resource controller, as far as a registry has to do with it. */
export const answerResourceController = (account: IbmAccount, asked: Asked): IbmAnswer =>
  answerAll(account, asked) ?? answerOne(account, asked)
