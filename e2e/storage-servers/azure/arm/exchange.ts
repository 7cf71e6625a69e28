import type { ServerResponse } from 'node:http'

import type { JsonRecord } from '../../front/json-shape'
import type { AccountKeeper } from './account-actions'
import type { Operations } from './operations'
import type { Resources } from './resources'

/** A request that is being answered. */
export type Exchange = Readonly<{
  method: string
  url: URL
  body: JsonRecord
  response: ServerResponse
}>

/** All that requests are answered from, and change. */
export type World = Readonly<{
  subscription: string
  resources: Resources
  running: Operations
  accounts: AccountKeeper
}>
