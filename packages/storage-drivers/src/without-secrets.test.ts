import type { StorageBackend, StorageError } from '@image-registry-operator/render/model'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { azureError } from './azure/azure-error'
import { driverOfParts } from './driver-of-parts'
import { gcsError } from './gcs/gcs-error'
import { failedRequest } from './gcs/google-failure'
import { ibmCosError } from './ibm-cos/ibm-cos-error'
import { s3Error } from './s3-compatible/s3-error'
import { storageCaller, type ToStorageError } from './storage-call'
import { failed, refusedAnswer, toSwiftError } from './swift/swift-error'
import { inMemoryStorage } from './testing/in-memory-storage'
import { withoutSecrets } from './without-secrets'

const TO_ERROR: { readonly [Backend in StorageBackend]: ToStorageError } = {
  S3: s3Error('S3'),
  Gcs: gcsError,
  Azure: azureError,
  Swift: toSwiftError,
  IbmCos: ibmCosError,
}

type Values = { readonly [name: string]: string }

const answerTo = (backend: StorageBackend, cause: unknown, values: Values): StorageError =>
  withoutSecrets({ values })(TO_ERROR[backend](cause, 'Ask'))

const letters = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
    .map((found) => found.join(''))

const SMALL = 'abcdefghijklmnopqrstuvwxyz'
const BASE64 = `${SMALL}${SMALL.toUpperCase()}0123456789+/`

/** As keys are, but that none is of one kind of letters by chance. */
const random = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(letters(SMALL, 1), letters(SMALL.toUpperCase(), 1), letters(BASE64, 1)), {
      minLength: length,
      maxLength: length,
    })
    .map((found) => `1${found.flat().join('')}`.slice(0, length))

/** What a person, or a cluster, has chosen to be let in with: anything. */
const chosen = fc
  .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 60 })
  .map((text) => text.replace(/[\s"'\\]/g, '_'))

/** What a service has given meanwhile: known by its form only. */
const given = fc.oneof(
  random(86).map((text) => `${text}==`),
  random(43).map((text) => `${text}=`),
  letters('0123456789abcdef', 48),
  fc
    .tuple(letters(BASE64.slice(0, 62), 20), letters(BASE64.slice(0, 62), 30))
    .map(([head, body]) => `eyJ${head}.${body}.${body}`),
  letters(SMALL, 40).map((text) => `ya29.${text}`),
)

/** How something secret comes to stand in a text. */
const quoted = (secret: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    `signed with ${secret}, which is wrong`,
    `Authorization: Bearer ${secret}`,
    `https://h/?sv=1&sig=${encodeURIComponent(secret)}&se=2`,
    `{"keys":[{"value":${JSON.stringify(secret)}`,
    `AccountName=a;AccountKey=${secret};x`,
    `Authorization: Basic ${Buffer.from(`me:${secret}`).toString('base64')}`,
    secret,
  )

/** Whatever a library, or a service, may say with that text in it. */
const causes = (backend: StorageBackend, text: string): ReadonlyArray<unknown> => {
  const status = 403
  const request = { body: text, headers: { authorization: text } }
  const own: { readonly [Backend in StorageBackend]: ReadonlyArray<unknown> } = {
    S3: [],
    Azure: [
      { name: 'AuthenticationError', statusCode: 400, message: text },
      { code: 'PARSE_ERROR', statusCode: 200, message: text },
      { name: 'ClientAuthError', message: `AADSTS7000215: ${text}` },
    ],
    Gcs: [
      failedRequest({
        _tag: 'Refused',
        status,
        answer: { error: { message: text } },
        retryAfterMs: 0,
      }),
      failedRequest({
        _tag: 'Refused',
        status,
        answer: { error: 'invalid_grant', error_description: text },
        retryAfterMs: 0,
      }),
    ],
    Swift: [
      failed(refusedAnswer({ code: status, headers: {}, body: text })),
      failed(refusedAnswer({ code: status, headers: {}, body: `<p>${text}</p>` })),
    ],
    IbmCos: [
      {
        _tag: 'Answered',
        status,
        headers: {},
        body: JSON.stringify({ errorCode: 'x', errorMessage: text }),
      },
    ],
  }
  return [
    new Error(text),
    Object.assign(new Error(text), { request, config: request }),
    Object.assign(new Error(text), { statusCode: status, response: { status } }),
    Object.assign(new Error(text), { Code: 'SomeCode', $metadata: { httpStatusCode: status } }),
    text,
    ...own[backend].map((cause) =>
      cause instanceof Error ? cause : Object.assign(new Error(''), cause),
    ),
    ...own[backend],
  ]
}

const backend = fc.constantFrom(...Object.keys(TO_ERROR)).map((name) => name as StorageBackend)

const spelled = (secret: string): ReadonlyArray<string> => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]

const expectNone = (error: StorageError, secret: string): void => {
  const told = [error.message, error.code, error.operation].join('\n')
  spelled(secret).forEach((text) => expect(told).not.toContain(text))
}

const VALUES: ReadonlyArray<(secret: string) => Values> = [
  (secret) => ({ secret, id: 'AKIAEXAMPLE' }),
  (secret) => ({ key: secret }),
  (secret) => ({ clientSecret: secret, region: 'westeurope' }),
  (secret) => ({ apiKey: secret }),
  (secret) => ({ username: 'me', password: secret }),
  (token) => ({ token }),
  (secret) => ({ file: `[default]\naws_access_key_id = x\naws_secret_access_key = ${secret}\n` }),
  (secret) => ({ file: `{"type":"service_account","private_key":"${secret}"}` }),
  (secret) => ({ clouds: `clouds:\n  openstack:\n    auth:\n      password: ${secret}\n` }),
]

describe('a failure', () => {
  it('never tells what one is let in with, whatever is said of it', () => {
    const told = fc
      .tuple(backend, chosen, fc.constantFrom(...VALUES))
      .chain(([of, secret, values]) =>
        quoted(secret).map((text) => ({ of, secret, text, values: values(secret) })),
      )
    fc.assert(
      fc.property(told, ({ of, secret, text, values }) => {
        for (const cause of causes(of, text)) expectNone(answerTo(of, cause, values), secret)
      }),
    )
  })

  it('never tells what a service has given meanwhile', () => {
    const told = fc
      .tuple(backend, given)
      .chain(([of, secret]) => quoted(secret).map((text) => ({ of, secret, text })))
    fc.assert(
      fc.property(told, ({ of, secret, text }) => {
        for (const cause of causes(of, text)) expectNone(answerTo(of, cause, {}), secret)
      }),
    )
  })
})

it('a driver tells nobody what it was let in with', async () => {
  const wait = () => async () => undefined
  const deps = { wait, random: () => 0, timeoutMs: 1_000, onCall: () => () => undefined }
  const call = storageCaller(deps, 'S3', (cause, operation) => ({
    _tag: 'StorageRefused',
    backend: 'S3',
    operation,
    code: 'none',
    message: String(cause),
  }))
  const driver = driverOfParts(
    (_access, asked) =>
      asked({ operation: 'Ask', send: () => Promise.reject(new Error('not hunter2hunter2')) }),
    call,
  )
  const { target } = await inMemoryStorage().unused()
  const access = { target, values: { secret: 'hunter2hunter2' } }
  expect(await driver.observe(access, { _tag: 'Everything', counts: false })()).toMatchObject({
    left: { message: 'Error: not [redacted]' },
  })
})

describe('what is told of a failure', () => {
  const toldOf = (message: string, values: Values = {}): string =>
    withoutSecrets({ values })({
      _tag: 'AccessDenied',
      backend: 'Azure',
      operation: 'Ask',
      code: '403',
      message,
    }).message

  it('is all that is no secret', () => {
    const plain = [
      "The client '2f3c8a52-0d4a-4f0b-9d2d-5a1f5d1c2b3a' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/listKeys/action' over scope '/subscriptions/2f3c8a52-0d4a-4f0b-9d2d-5a1f5d1c2b3a/resourceGroups/demo-7xk2p-rg'",
      'User: arn:aws:sts::123456789012:assumed-role/registry/x is not authorized to perform: s3:CreateBucket on resource: "arn:aws:s3:::demo-7xk2p-image-registry-us-east-1"',
      'crn:v1:bluemix:public:cloud-object-storage:global:a/0123456789abcdef0123456789abcdef:2f3c8a52-0d4a-4f0b-9d2d-5a1f5d1c2b3a:: is not there',
      'demo-7xk2p-image-registry-us-central1-abcdefghijklmnopqrstuvw is taken in westeurope',
    ]
    const values = { tenantId: '2f3c8a52-0d4a-4f0b-9d2d-5a1f5d1c2b3a', region: 'westeurope' }
    plain.forEach((message) => expect(toldOf(message, values)).toBe(message))
  })

  it('does not end in the beginning of a secret that was cut', () => {
    expect(toldOf('signed with hunter2hun', { password: 'hunter2hunter2' })).toBe(
      'signed with [redacted]',
    )
  })
})

it('where a token is and who gives one out is told: a person has to look there', () => {
  const message = 'the token /var/run/token cannot be read; https://oauth2.example/token is closed'
  const file = [
    'web_identity_token_file = /var/run/token',
    '"token_uri": "https://oauth2.example/token"',
    'aws_secret_access_key = abcdef/secret/value',
  ].join('\n')
  const told = (text: string): string =>
    withoutSecrets({ values: { file } })({
      _tag: 'CredentialsRefused',
      backend: 'S3',
      operation: 'Ask',
      code: '',
      message: text,
    }).message
  expect(told(message)).toBe(message)
  expect(told('got abcdef/secret/value')).toBe('got [redacted]')
})
