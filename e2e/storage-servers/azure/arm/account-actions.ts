import type { ServerResponse } from 'node:http'

import type { JsonRecord } from '../../front/json-shape'
import { sendJson } from '../../front/send-json'
import { armError, sendArmError } from './arm-error'
import type { ResourcePath } from './resource-path'
import type { Resources } from './resources'

/** Who keeps the keys and the content of storage accounts. */
export type AccountKeeper = Readonly<{
  /** Both keys of an account. */
  keysOf: (name: string) => readonly [string, string]
  /** Makes another key; 0 is the first. */
  renewKey: (name: string, index: 0 | 1) => void
  /** Whether somebody else in the world has an account of this name. */
  isTaken: (name: string) => boolean
  /** Makes known which accounts there are. */
  refresh: (resources: Resources) => Promise<void>
  /** Deletes all that is in an account. */
  empty: (name: string) => Promise<void>
}>

/** A POST to storage accounts. */
export type AccountAction = Readonly<{
  path: ResourcePath
  url: URL
  body: JsonRecord
  response: ServerResponse
  resources: Resources
  accounts: AccountKeeper
}>

const accountType = 'Microsoft.Storage/storageAccounts'

const checkName = ({ body, response, resources, accounts }: AccountAction): void => {
  const { name, type } = body
  if (typeof name !== 'string' || type !== accountType)
    return sendArmError(
      response,
      armError(400, 'InvalidRequestContent', "'name' and 'type' are required"),
    )
  if (!/^[a-z0-9]{3,24}$/.test(name))
    return sendJson(response, 200, {
      nameAvailable: false,
      reason: 'AccountNameInvalid',
      message: `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
    })
  const exists = resources.all().some((one) => one.type === accountType && one.name === name)
  if (exists || accounts.isTaken(name))
    return sendJson(response, 200, {
      nameAvailable: false,
      reason: 'AlreadyExists',
      message: `The storage account named ${name} is already taken.`,
    })
  sendJson(response, 200, { nameAvailable: true })
}

const sendKeys = ({ response, accounts }: AccountAction, name: string): void => {
  const keys = accounts
    .keysOf(name)
    .map((value, index) => ({ keyName: `key${index + 1}`, value, permissions: 'FULL' }))
  sendJson(response, 200, { keys })
}

const answerKeys = async (action: AccountAction, name: string): Promise<void> => {
  const { path, body, response, accounts, resources } = action
  if (path.rest === 'regenerateKey') {
    if (body['keyName'] !== 'key1' && body['keyName'] !== 'key2')
      return sendArmError(
        response,
        armError(400, 'InvalidRequestContent', "'keyName' is not valid"),
      )
    accounts.renewKey(name, body['keyName'] === 'key1' ? 0 : 1)
    await accounts.refresh(resources)
  }
  sendKeys(action, name)
}

/** Answers the actions that storage accounts have: whether a name is free, what the keys are, another key. */
export const answerAccountAction = async (action: AccountAction): Promise<void> => {
  const { path, url, response, resources } = action
  const isVersioned = /^\d{4}-\d{2}-\d{2}/.test(url.searchParams.get('api-version') ?? '')
  if (!isVersioned)
    return sendArmError(
      response,
      armError(400, 'MissingApiVersionParameter', 'The api-version query parameter is required.'),
    )
  if (path.rest === 'checkNameAvailability') return checkName(action)
  if (path.rest !== 'listKeys' && path.rest !== 'regenerateKey')
    return sendArmError(response, armError(404, 'NotFound', `${path.rest} is not known.`))
  const account = resources.get(path.id)
  if (account === undefined)
    return sendArmError(response, armError(404, 'ResourceNotFound', `${path.id} was not found.`))
  return answerKeys(action, account.name)
}
