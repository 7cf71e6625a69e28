import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  type CloudReading,
  type CloudSecret,
  names,
  registryBuild,
  type RenderProblem,
} from '../../model'
import type { SecretEntry } from './contribution'
import { usableCredentials, type Way } from './credentials'
import { notInRegistry } from './not-in-registry'
import { type CredentialSource, emptyEntry, extractedEntry, variableEntry } from './secret-entry'
import { SWIFT_FORMS, SWIFT_SECRETS, type SwiftForm } from './swift-keys'
import { unreadable } from './unreadable'

/** How the registry is let into Swift. */
type Access = {
  readonly secretEntries: ReadonlyArray<SecretEntry>
  /** What the credentials say of where to go; absent where they are only that. */
  readonly cloud?: CloudReading
}

const CLOUDS = 'clouds.yaml'

/** What the installers of OpenShift call the cloud where the cluster does not say. */
const DEFAULT_CLOUD = 'openstack'

/** Which cloud of a clouds.yaml the cluster is on. */
const cloudsEntryOf = ({ infrastructure }: Pick<ClusterFacts, 'infrastructure'>): string =>
  E.isRight(infrastructure) ? (infrastructure.right.cloudsEntry ?? DEFAULT_CLOUD) : DEFAULT_CLOUD

/** How the registry is let in: by what a person gives, else by the cluster's clouds.yaml. */
export const swiftAccess = (facts: ClusterFacts): E.Either<RenderProblem, Access> =>
  usableCredentials(facts, [
    ofUser('password', facts),
    ofUser('application-credential', facts),
    ofUser('token', facts),
    {
      secret: names.MINTED_CREDENTIALS_SECRET,
      keys: [CLOUDS],
      use: (from) => ofClouds(from, facts),
    },
  ])

const ofUser = (form: SwiftForm, facts: ClusterFacts): Way<E.Either<RenderProblem, Access>> => ({
  secret: names.USER_CREDENTIALS_SECRET,
  keys: SWIFT_SECRETS.filter(([, field]) => SWIFT_FORMS[form].includes(field)).map(([key]) => key),
  use: (from) =>
    pipe(
      usableForm(form, facts),
      E.map(() => ({
        secretEntries: entries(facts, ([key]) =>
          Object.hasOwn(from.entries, key) ? variableEntry(key, from, key) : emptyEntry(key),
        ),
      })),
    ),
})

type SwiftSecret = (typeof SWIFT_SECRETS)[number]

/** All of them are always there, and what is not used is empty; the distribution project's has no more than a user. */
const entries = (
  facts: ClusterFacts,
  entry: (secret: SwiftSecret) => SecretEntry,
): ReadonlyArray<SecretEntry> =>
  SWIFT_SECRETS.filter(
    ([, field]) => knowsAllForms(facts) || SWIFT_FORMS.password.includes(field),
  ).map(entry)

const knowsAllForms = (facts: ClusterFacts): boolean => registryBuild(facts)._tag === 'OpenShift'

const FORM_NAMES: { readonly [Form in SwiftForm]: string } = {
  password: 'a user and a password',
  'application-credential': 'an application credential',
  token: 'a token',
}

const usableForm = (form: SwiftForm, facts: ClusterFacts): E.Either<RenderProblem, unknown> =>
  form === 'password' || knowsAllForms(facts)
    ? E.right(undefined)
    : notInRegistry(facts, 'swift', FORM_NAMES[form])

const ofClouds = (from: CredentialSource, facts: ClusterFacts): E.Either<RenderProblem, Access> => {
  const entry = cloudsEntryOf(facts)
  return pipe(
    cloudOf(from, entry),
    E.tap(({ secrets }) => usableSecrets(from, secrets, facts)),
    E.map((cloud) => ({
      cloud,
      secretEntries: entries(facts, ([key, field]) =>
        cloud.secrets.includes(field)
          ? extractedEntry(key, from, { cloud: entry, field })
          : emptyEntry(key),
      ),
    })),
  )
}

const cloudOf = (
  { ref, readings }: CredentialSource,
  entry: string,
): E.Either<RenderProblem, CloudReading> => {
  const reading = readings[CLOUDS]
  if (reading?._tag !== 'Clouds')
    return unreadable(ref.name, CLOUDS, {
      problem: reading?._tag === 'Unreadable' ? reading.problem : 'has not been read',
    })
  const cloud = Object.hasOwn(reading.clouds, entry) ? reading.clouds[entry] : undefined
  return cloud === undefined
    ? unreadable(ref.name, CLOUDS, { problem: `says nothing of a cloud ${JSON.stringify(entry)}` })
    : E.right(cloud)
}

/** An application credential is known by its id, or by its name and its user. */
const CLOUD_FORMS: ReadonlyArray<readonly [SwiftForm, ReadonlyArray<CloudSecret>]> = [
  ['password', SWIFT_FORMS.password],
  ['application-credential', ['application_credential_id', 'application_credential_secret']],
  [
    'application-credential',
    ['application_credential_name', 'application_credential_secret', 'username'],
  ],
  ['token', SWIFT_FORMS.token],
]

const usableSecrets = (
  { ref }: CredentialSource,
  secrets: ReadonlyArray<CloudSecret>,
  facts: ClusterFacts,
): E.Either<RenderProblem, unknown> => {
  const [form] =
    CLOUD_FORMS.find(([, fields]) => fields.every((one) => secrets.includes(one))) ?? []
  return form === undefined
    ? unreadable(ref.name, CLOUDS, {
        problem: `has neither a user with a password, nor an application credential, nor a token`,
      })
    : usableForm(form, facts)
}
