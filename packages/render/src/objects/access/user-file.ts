import {
  type ClusterFacts,
  type ComposedValue,
  type HashedValue,
  names,
  objectRef,
  type UserLinesValue,
} from '../../model'
import { contentDigests } from '../content-digests'
import { converging, type Rendered, withheld } from '../rendered'
import { composed } from '../storage/secret-entry'
import { FIRST_USER, firstPassword } from './first-user'

const REF = objectRef('v1', 'Secret', names.HTPASSWD_SECRET, names.REGISTRY_NAMESPACE)

const USERS = objectRef('v1', 'Secret', names.USERS_SECRET, names.REGISTRY_NAMESPACE)

const firstLine = (digest: string): ComposedValue['parts'] => {
  const password: HashedValue = {
    _tag: 'Hashed',
    ref: FIRST_USER,
    path: ['data', 'password'],
    digest,
  }
  return [`${names.FIRST_USER_NAME}:`, password, '\n']
}

const addedLines = (facts: ClusterFacts): ComposedValue['parts'] => {
  const identity = { namespace: names.REGISTRY_NAMESPACE, name: names.USERS_SECRET }
  const digest = contentDigests(facts, 'Secret', identity)?.[names.HTPASSWD_KEY]
  if (digest === undefined) return []
  const lines: UserLinesValue = {
    _tag: 'UserLines',
    ref: USERS,
    path: ['data', names.HTPASSWD_KEY],
    digest,
  }
  return [lines]
}

/** Stands where the digest of a password will stand. */
const NOT_GENERATED_YET = 'generated'

const fileOf = (parts: ComposedValue['parts']): Rendered => {
  const { key, digest, source } = composed(names.HTPASSWD_KEY, parts, 'text')
  return converging(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: names.REGISTRY_NAMESPACE, name: names.HTPASSWD_SECRET },
      data: { [key]: digest },
    },
    [{ path: ['data', key], encoding: 'base64', source }],
  )
}

/**
 * The file of everybody whom the registry lets in: the first user, and those whom people have added. Of two lines with one
 * name the registry takes the later one, so that people have the last word.
 *
 * It waits for the first user's password: what is live of it meanwhile goes on letting in whom it did. Where nobody looks at a
 * cluster, nobody has a password yet, and nothing is waited for.
 */
export const userFile = (facts: ClusterFacts, hasFirstUser: boolean): Rendered => {
  if (!hasFirstUser) return fileOf(addedLines(facts))
  const password = firstPassword(facts) ?? (facts.now === undefined ? NOT_GENERATED_YET : undefined)
  return password === undefined
    ? withheld(REF, {
        _tag: 'FirstUserAwaited',
        namespace: names.REGISTRY_NAMESPACE,
        name: names.FIRST_USER_SECRET,
      })
    : fileOf([...firstLine(password), ...addedLines(facts)])
}
