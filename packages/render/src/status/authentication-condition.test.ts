import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type ClusterFacts, type Config, type ContentDigests, names } from '../model'
import { aConfig } from '../testing/a-config'
import { someContent, someFacts } from '../testing/some-facts'
import { aPass } from '../testing/status-fixtures'
import { authenticationCondition } from './authentication-condition'
import { situation } from './situation'

const told = (facts: Partial<ClusterFacts> = {}, config: Partial<Config> = {}) => {
  const { observation, ...rest } = aPass()
  const { subject } = observation
  if (subject === undefined) throw new Error('there is no Config')
  const seen = {
    ...observation,
    config: E.right(aConfig(config)),
    facts: someFacts({ platform: 'Kubernetes', ...facts }),
  }
  const { conditions } = authenticationCondition(situation({ ...rest, observation: seen }, subject))
  return conditions.map(({ status, reason, message }) => [status, reason, message])
}

type Wrong = ReadonlyArray<{ readonly line: number; readonly lacks: 'name' | 'hash' }>

const users = (wrong: Wrong, count = 1): ContentDigests => ({
  ...someContent('Secret', names.USERS_SECRET, { htpasswd: 'a' }),
  readings: { htpasswd: { _tag: 'Users', users: count, wrong } },
})

const tokens = (data: { readonly [key: string]: string }): Partial<ClusterFacts> => ({
  bundles: [
    {
      namespace: names.REGISTRY_NAMESPACE,
      name: names.TOKEN_AUTH_CONFIG_MAP,
      data,
      binaryData: {},
    },
  ],
})

const WITHOUT_FIRST: Partial<Config> = { access: { anonymous: false, firstUser: false } }

describe('how clients are let in', () => {
  it('is no word where the registry asks the cluster, or is not there', () => {
    expect(told({ platform: 'OpenShift' })).toEqual([])
    expect(told({}, { managementState: 'Removed' })).toEqual([])
  })

  it('says where users are', () => {
    expect(told()).toEqual([
      [
        'True',
        'Htpasswd',
        'clients need a name and a password: those of the first user are in Secret openshift-image-registry/image-registry-first-user, others can be added in Secret openshift-image-registry/image-registry-users',
      ],
    ])
    expect(told({ contents: [users([])] }, WITHOUT_FIRST)).toEqual([
      [
        'True',
        'Htpasswd',
        'clients need a name and a password: users are in Secret openshift-image-registry/image-registry-users',
      ],
    ])
  })

  it('says that nobody is', () => {
    const nobody = [['False', 'NoUsers', expect.stringContaining('nobody is let in')]]
    expect(told({}, WITHOUT_FIRST)).toEqual(nobody)
    expect(told({ contents: [users([], 0)] }, WITHOUT_FIRST)).toEqual(nobody)
  })

  it('names the lines that are left out, the first of them, by their numbers', () => {
    expect(
      told({
        contents: [
          users([
            { line: 2, lacks: 'name' },
            { line: 3, lacks: 'hash' },
          ]),
        ],
      }),
    ).toEqual([
      [
        'False',
        'UsersLeftOut',
        'htpasswd of Secret openshift-image-registry/image-registry-users: line 2 has no name before a colon, line 3 has no bcrypt hash after the colon; what is wrong is left out; write lines as "htpasswd -nB NAME" does',
      ],
    ])
    const many = [1, 2, 3, 4, 5, 6].map((line) => ({ line, lacks: 'hash' as const }))
    const [[, , message] = []] = told({ contents: [users(many)] })
    expect(message).toContain('line 5')
    expect(message).toContain('further lines are wrong')
    expect(message).not.toContain('line 6')
  })

  it('says that a Secret has no users where they are looked for', () => {
    const other = someContent('Secret', names.USERS_SECRET, { users: 'a' })
    expect(told({ contents: [other] })).toEqual([
      [
        'False',
        'UsersLeftOut',
        'Secret openshift-image-registry/image-registry-users has no key htpasswd; add it',
      ],
    ])
  })

  it('says who gives out tokens, or what is missing of that', () => {
    const data = { realm: 'a', service: 'a', issuer: 'a', jwks: '{}' }
    expect(told(tokens(data))).toMatchObject([['True', 'Token', expect.anything()]])
    expect(told(tokens({ ...data, jwks: '' }))).toMatchObject([
      ['False', 'TokenAuthIncomplete', expect.stringContaining('rootcertbundle')],
    ])
  })

  it('warns as long as everybody is', () => {
    const anonymous: Partial<Config> = { access: { anonymous: true, firstUser: true } }
    expect(told({}, anonymous)).toMatchObject([
      ['False', 'Anonymous', expect.stringContaining('everybody who reaches the registry')],
    ])
  })
})
