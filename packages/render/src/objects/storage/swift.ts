import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { type ClusterFacts, names, type RenderProblem, type SwiftStorage } from '../../model'
import { scalarVariable, secretVariable, type Variables } from '../variable'
import type { Contribution, SecretEntry } from './contribution'
import { credentials, type Way } from './credentials'
import { provisioned } from './provisioned'
import { variableEntry } from './secret-entry'

const key = (name: string): string => `REGISTRY_STORAGE_SWIFT_${name}`

const USER_AND_PASSWORD = [key('USERNAME'), key('PASSWORD')]
const TOKEN = [key('TOKENID')]
const APPLICATION_CREDENTIAL = [
  key('APPLICATIONCREDENTIALID'),
  key('APPLICATIONCREDENTIALNAME'),
  key('APPLICATIONCREDENTIALSECRET'),
]

/** All of them are always there, in the original's order; what is not used is empty. */
const SECRET_VARIABLES = [...USER_AND_PASSWORD, ...TOKEN, ...APPLICATION_CREDENTIAL]

/** A container of OpenStack Swift. */
export const swift = (
  storage: SwiftStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> =>
  pipe(
    provisioned('swift', { container: storage.container, authURL: storage.authUrl }),
    E.flatMap(() =>
      credentials(facts, [way(USER_AND_PASSWORD), way(APPLICATION_CREDENTIAL), way(TOKEN)]),
    ),
    E.map((secretEntries) => ({
      variables: variables(storage),
      volumes: [],
      secretEntries,
      mountedSecrets: [],
    })),
  )

const way = (keys: ReadonlyArray<string>): Way<ReadonlyArray<SecretEntry>> => ({
  secret: names.USER_CREDENTIALS_SECRET,
  keys,
  use: (from) => SECRET_VARIABLES.map((name) => variableEntry(from, name)),
})

const variables = (storage: SwiftStorage): Variables => [
  scalarVariable('REGISTRY_STORAGE', 'swift'),
  scalarVariable(key('CONTAINER'), storage.container),
  scalarVariable(key('AUTHURL'), storage.authUrl),
  ...SECRET_VARIABLES.map(secretVariable),
  scalarVariable(key('AUTHVERSION'), storage.authVersion),
  ...whenSet(key('DOMAIN'), storage.domain),
  ...whenSet(key('DOMAINID'), storage.domainId),
  ...whenSet(key('TENANT'), storage.tenant),
  ...whenSet(key('TENANTID'), storage.tenantId),
  ...whenSet(key('REGION'), storage.regionName),
]

const whenSet = (name: string, value: string): Variables =>
  value === '' ? [] : [scalarVariable(name, value)]
