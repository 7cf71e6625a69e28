import {
  type Authentication,
  authenticationOf,
  type ClusterFacts,
  type Condition,
  type ContentDigests,
  names,
  type WrongUserLine,
} from '../model'
import type { PartConditions } from './part-conditions'
import type { Situation } from './situation'

/** So many lines are told: the others show once these are right. */
const MOST_LINES = 5

const inOurs = (kind: string, name: string): string => `${kind} ${names.REGISTRY_NAMESPACE}/${name}`

const USERS = inOurs('Secret', names.USERS_SECRET)
const FIRST = inOurs('Secret', names.FIRST_USER_SECRET)
const TOKENS = inOurs('ConfigMap', names.TOKEN_AUTH_CONFIG_MAP)

type Said = Pick<Condition, 'status' | 'reason' | 'message'>

const good = (reason: string, message: string): Said => ({ status: 'True', reason, message })
const bad = (reason: string, message: string): Said => ({ status: 'False', reason, message })

/** Whether clients have to say who they are; nothing where the registry asks the cluster for that. */
export const authenticationCondition = ({ config, state, facts }: Situation): PartConditions => {
  const authentication = config === undefined ? undefined : authenticationOf(config, facts)
  return authentication === undefined || state !== 'Managed'
    ? { conditions: [] }
    : { conditions: [{ type: 'AuthenticationConfigured', ...saidOf(authentication, facts) }] }
}

const saidOf = (authentication: Authentication, facts: ClusterFacts): Said => {
  switch (authentication._tag) {
    case 'Anonymous':
      return bad(
        'Anonymous',
        `everybody who reaches the registry may pull, push and delete images: the annotation ${names.AUTHENTICATION_ANNOTATION} of Config ${names.SINGLETON_NAME} says so; remove it to have users`,
      )
    case 'TokenIncomplete':
      return bad(
        'TokenAuthIncomplete',
        `${TOKENS} has no entry ${authentication.missing}; add it, or delete the ConfigMap to have users`,
      )
    case 'Token':
      return good('Token', `clients need a token of the server that ${TOKENS} names`)
    case 'Htpasswd':
      return ofUsers(authentication.firstUser, facts)
  }
}

/** Of no Secret, or of one that nobody has read, nothing is wrong. */
const ofUsers = (firstUser: boolean, { contents }: ClusterFacts): Said => {
  const users = contents.find(
    ({ kind, namespace, name }) =>
      kind === 'Secret' && namespace === names.REGISTRY_NAMESPACE && name === names.USERS_SECRET,
  )
  const wrong = users === undefined ? undefined : wrongIn(users)
  if (wrong !== undefined) return bad('UsersLeftOut', wrong)
  return firstUser || hasUsers(users)
    ? good('Htpasswd', `clients need a name and a password: ${sources(firstUser)}`)
    : bad('NoUsers', `nobody is let in: there is no user in ${USERS}, and the first user is off`)
}

const wrongIn = ({ entries, readings = {} }: ContentDigests): string | undefined => {
  if (entries[names.HTPASSWD_KEY] === undefined)
    return `${USERS} has no key ${names.HTPASSWD_KEY}; add it`
  const reading = readings[names.HTPASSWD_KEY]
  return reading?._tag === 'Users' && reading.wrong.length > 0 ? leftOut(reading.wrong) : undefined
}

const hasUsers = (users: ContentDigests | undefined): boolean => {
  const reading = users?.readings?.[names.HTPASSWD_KEY]
  return users !== undefined && (reading?._tag !== 'Users' || reading.users > 0)
}

const sources = (firstUser: boolean): string =>
  firstUser
    ? `those of the first user are in ${FIRST}, others can be added in ${USERS}`
    : `users are in ${USERS}`

const LACKS: { readonly [What in WrongUserLine['lacks']]: string } = {
  name: 'no name before a colon',
  hash: 'no bcrypt hash after the colon',
}

/** Nothing of the lines themselves: they may hold a password. */
const leftOut = (wrong: ReadonlyArray<WrongUserLine>): string => {
  const told = wrong
    .slice(0, MOST_LINES)
    .map(({ line, lacks }) => `line ${line} has ${LACKS[lacks]}`)
  const more = wrong.length > MOST_LINES ? ', and further lines are wrong' : ''
  return `${names.HTPASSWD_KEY} of ${USERS}: ${told.join(', ')}${more}; what is wrong is left out; write lines as "htpasswd -nB NAME" does`
}
