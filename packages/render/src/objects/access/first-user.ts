import { digestOfText } from '../../digest'
import { type ClusterFacts, type KubeObject, names, objectRef } from '../../model'
import { contentDigests } from '../content-digests'
import { copiedEntry } from '../certificates/copied-entry'
import { converging, type Rendered } from '../rendered'

const IDENTITY = { namespace: names.REGISTRY_NAMESPACE, name: names.FIRST_USER_SECRET }

/** The Secret of the first user. */
export const FIRST_USER = objectRef('v1', 'Secret', IDENTITY.name, IDENTITY.namespace)

/** In hexadecimal, 32 letters: nobody guesses them, and bcrypt takes all of them. */
const PASSWORD_BYTES = 16

const NOT_GENERATED_YET = 'generated'

const PASSWORD = 'password'

/** The digest of the password that is there. Empty counts as none: that is how people ask for a new one. */
export const firstPassword = (facts: ClusterFacts): string | undefined => {
  const live = contentDigests(facts, 'Secret', IDENTITY)?.[PASSWORD]
  return live === digestOfText('') ? undefined : live
}

const secretWith = (password: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: IDENTITY,
  // The key that the type asks for; its value is the same everywhere.
  data: { [PASSWORD]: password, username: digestOfText(names.FIRST_USER_NAME) },
  type: 'kubernetes.io/basic-auth',
})

/** A user with whom a registry can be used at once. The password is made once and kept; who writes another one there has changed it. */
export const firstUser = (facts: ClusterFacts): Rendered => {
  const kept = firstPassword(facts)
  return converging(
    secretWith(kept ?? NOT_GENERATED_YET),
    [
      kept === undefined
        ? {
            path: ['data', PASSWORD],
            encoding: 'base64',
            source: { _tag: 'Generated', bytes: PASSWORD_BYTES },
          }
        : copiedEntry(FIRST_USER, PASSWORD, kept),
      {
        path: ['data', 'username'],
        encoding: 'base64',
        source: { _tag: 'Literal', text: names.FIRST_USER_NAME },
      },
    ],
    // The checksum must not change when the password comes into being, nor with each one that people choose.
    secretWith(NOT_GENERATED_YET),
  )
}
