import type { Needs } from './needs'

/** Stands for the name of the container in what requests take. */
export const ANY_CONTAINER = '{container}'

// Whatever the account is called: it is in the catalog of the project.
const ACCOUNT = '/v1/{account}'
const CONTAINER = `${ACCOUNT}/${ANY_CONTAINER}`
const OBJECT = `${CONTAINER}/**`

/** What the requests of the driver for Swift take: a method, and a path in the form of Keystone's access rules. */
export const swiftDriverNeeds: Needs = {
  // Of the identity service, which lets everybody try.
  authenticate: [],
  // Of the server, which tells everybody.
  'GET info': [],
  'HEAD container': [`HEAD ${CONTAINER}`],
  'GET container': [`GET ${CONTAINER}`],
  'PUT container': [`PUT ${CONTAINER}`],
  'POST container': [`POST ${CONTAINER}`],
  'DELETE container': [`DELETE ${CONTAINER}`],
  'DELETE object': [`DELETE ${OBJECT}`],
  'POST bulk-delete': [`POST ${ACCOUNT}`],
}

/** What the requests of the registry to Swift take. */
export const swiftRegistryNeeds: Needs = {
  'HEAD account': [`HEAD ${ACCOUNT}`],
  // It puts the key there that its links are signed with, where the server takes such links.
  'POST account': [`POST ${ACCOUNT}`],
  'HEAD container': [`HEAD ${CONTAINER}`],
  'GET container': [`GET ${CONTAINER}`],
  'HEAD object': [`HEAD ${OBJECT}`],
  'GET object': [`GET ${OBJECT}`],
  'PUT object': [`PUT ${OBJECT}`],
  'COPY object': [`COPY ${OBJECT}`],
  'DELETE object': [`DELETE ${OBJECT}`],
}
