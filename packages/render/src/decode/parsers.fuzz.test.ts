import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { stableText } from '../errors-text/stable-text'
import { stepOf } from '../fields/field-path'
import { isSameQuantity, wholeUnits } from '../fields/same-quantity'
import { awsProfile } from '../model/aws-profile'
import { envScalar } from '../model/env-scalar'
import { userCount, userLines, wrongUserLines } from '../model/htpasswd'
import { registryBuild } from '../model/registry-build'
import { durationNs } from '../schema/duration'
import { nearMatch } from '../schema/near-match'
import { authUrl } from '../storage/auth-url'
import { LONGEST_TEST_MS, runs } from '../testing/effort'
import { slowLength } from '../testing/grown'
import { mutatedText } from '../testing/mutated-text.arbitrary'
import { someFacts } from '../testing/some-facts'
import { certificatesIn } from './certificates/certificates-in'
import { isDnsName } from './exposure/dns-name'
import { routeProblems } from './exposure/route-problems'
import { base64Bytes } from './manifest/base64'
import { machinePlace } from './platform/provider-id'
import { collectionLog } from './pruner/collection-log'
import { scheduleProblems } from './pruner/cron-schedule'
import { credentialReadings } from './storage/credential-readings'

/** Something that reads a text; texts that it understands; and what has to hold whatever the text is. */
type Parser = {
  readonly name: string
  readonly read: (text: string) => unknown
  readonly valid: ReadonlyArray<string>
  readonly holds?: (read: unknown, text: string) => boolean
}

const CANARY = 'canary-hunter2'

const ONE_CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n'
const HASH = `$2y$05$${'a'.repeat(53)}`

const readYaml = (text: string): E.Either<string, unknown> =>
  E.tryCatch(
    (): unknown => parse(text, { logLevel: 'error' }),
    () => 'is not YAML',
  )

const readings = credentialReadings(readYaml)

const isSilent = (read: unknown): boolean => !JSON.stringify(read ?? null).includes(CANARY)

const PARSERS: ReadonlyArray<Parser> = [
  {
    name: 'a profile of AWS',
    read: (text) => readings({ credentials: text }),
    valid: [
      `[default]\naws_access_key_id = AKIA1\naws_secret_access_key = ${CANARY}\n`,
      `# ours\n[ profile default ]\r\nrole_arn = arn:aws:iam::1:role/${CANARY} ; mine\nweb_identity_token_file=/t\n[other]\na=b\n`,
    ],
    holds: isSilent,
  },
  {
    name: 'the default profile',
    read: awsProfile,
    valid: ['[default]\na = b\nc=d # e\n[other]\nf=g\n', '[profile "default"]\nA=b\n'],
    holds: (read) => read instanceof Map,
  },
  {
    name: 'a key of Google',
    read: (text) => readings({ 'service_account.json': text }),
    valid: [
      `{"type":"service_account","private_key":"${CANARY}","client_email":"a@b"}`,
      `{"type":"external_account","credential_source":{"file":"${CANARY}"}}`,
    ],
    // The type is shown: who writes a secret there calls it no secret.
    holds: (read) => isSilent(read) || JSON.stringify(read).includes('"type"'),
  },
  {
    name: 'a clouds.yaml',
    read: (text) => readings({ 'clouds.yaml': text }),
    valid: [
      `clouds:\n  openstack:\n    auth:\n      auth_url: https://k:5000/v3\n      username: u\n      password: ${CANARY}\n    region_name: r\n`,
      `{"clouds":{"a":{"auth":{"auth_url":"https://k","token":"${CANARY}"},"identity_api_version":3}}}`,
    ],
  },
  {
    name: 'an authority in a Secret',
    read: (text) => readings({ cacert: text }),
    valid: [
      ONE_CERTIFICATE,
      `${ONE_CERTIFICATE}-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----\n${ONE_CERTIFICATE}`,
    ],
    holds: isSilent,
  },
  {
    name: 'a bundle of authorities',
    read: certificatesIn,
    valid: [ONE_CERTIFICATE.repeat(3), ONE_CERTIFICATE.replaceAll('\n', '\r\n')],
    holds: (read) => certificatesIn(String(read)) === read,
  },
  {
    name: 'base64',
    read: base64Bytes,
    valid: ['aGVsbG8=', 'aGVs\nbG8h', ''],
    holds: (read, text) => read === undefined || text.replace(/[\r\n]/g, '').length % 4 === 0,
  },
  {
    name: 'a schedule',
    read: scheduleProblems,
    valid: ['0 0 * * *', '*/15 0-6,12 1 jan-dec mon', '@daily', '@every 1h30m', 'TZ=UTC 0 0 * * *'],
    holds: (read) =>
      Array.isArray(read) &&
      read.every(({ message, remedy }: { message: string; remedy: string }) =>
        [message, remedy].every((words) => words !== '' && words.length < 400),
      ),
  },
  {
    name: 'an address of Keystone',
    read: (text) => authUrl(text, 3),
    valid: ['https://key.example.com:443/v3/', 'h:5000', 'http://[::1]:80/a/../identity'],
    holds: (read) => read === undefined || authUrl(String(read), 3) === read,
  },
  {
    name: 'a quantity',
    read: (text) => [wholeUnits(text), isSameQuantity(text, text)],
    valid: ['100Gi', '1.5', '-2e3', '500m', '.5Ki', '1e-3'],
  },
  {
    name: 'a duration',
    read: durationNs,
    valid: ['1h30m', '-1.5s', '0', '.5us', '3µs'],
    holds: (read) => read === undefined || typeof read === 'bigint',
  },
  {
    name: 'a step of managed fields',
    read: stepOf,
    valid: ['f:spec', 'k:{"name":"registry"}', 'v:"a"', 'i:0', '.'],
  },
  {
    name: 'a file of users',
    read: (text) => [userLines(text), userCount(text), wrongUserLines(text)],
    valid: [`me:${HASH}\n# nobody\nyou:${HASH}\n`, `me:${CANARY}\n\n:x\n`],
    holds: (read, text) =>
      Array.isArray(read) && text.trim().split('\n').length >= Number(read[1]) && isSilent(read[2]),
  },
  {
    name: 'a value of a variable',
    read: envScalar,
    valid: ['yes', '0x1f', 'a: b', "it's", 'two\nlines\n', '2024-05-01', ' - x', '1_000:30'],
    holds: (read, text) =>
      parse(String(read), { version: '1.1' }) === text || /\p{Surrogate}/u.test(text),
  },
  {
    name: 'a field that somebody meant',
    read: (text) => nearMatch(text, ['managementState', 'replicas', 'storage']),
    valid: ['managmentState', 'REPLICAS', 'storage'],
  },
  {
    name: 'what an API server says',
    read: stableText,
    valid: [
      `data: Invalid value: "${CANARY}": must be JSON at 2026-01-01T11:00:00.5Z`,
      'the ResourceVersion in the precondition (12345) does not match; uid 6a0b2a4e-1111-2222-3333-444455556666.',
    ],
    holds: (read) => String(read).length <= 400 && !String(read).includes('\n'),
  },
  {
    name: 'the log of a clean-up',
    read: collectionLog,
    valid: [
      '12 blobs marked, 3 blobs and 4 manifests eligible for deletion\nblob eligible for deletion: a\n',
    ],
  },
  {
    name: 'the place of a node',
    read: machinePlace,
    valid: [
      'aws:///us-east-1a/i-1',
      'gce://p/z-a/n',
      'azure:///subscriptions/a/resourceGroups/b',
      'kind://a',
    ],
  },
  {
    name: 'a host name',
    read: isDnsName,
    valid: ['registry.example.com', 'a', 'a-b.c-d'],
  },
  {
    name: 'a name of a registry',
    read: (text) =>
      registryBuild(someFacts({ release: { ...someFacts().release, registryImage: text } })),
    valid: [
      'registry.example/image:distribution-3.1',
      'docker.io/library/registry:2',
      'r@sha256:00',
    ],
  },
]

const isUnderstood = ({ read, holds = () => true }: Parser, text: string): boolean =>
  holds(read(text), text)

describe.each(PARSERS)('whoever reads $name', { timeout: LONGEST_TEST_MS }, (parser) => {
  it('reads what is valid', () => {
    expect(parser.valid.filter((text) => !isUnderstood(parser, text))).toEqual([])
  })

  it('reads it after whatever accident, or makes nothing of it', () => {
    fc.assert(
      fc.property(fc.oneof(mutatedText(parser.valid), fc.string({ unit: 'binary' })), (text) =>
        isUnderstood(parser, text),
      ),
      { numRuns: runs(150) },
    )
  })

  const units = fc.oneof(
    fc.constantFrom(...parser.valid.filter((text) => text !== '')),
    fc.constantFrom(
      'a',
      '1',
      ' ',
      '\n',
      '/a',
      '/..',
      '"',
      '\\',
      ',',
      ':',
      '-',
      '.',
      'k=v\n',
      '[',
      '{',
    ),
    fc.constantFrom(
      '\u{1f419}',
      '\ud800',
      '0,',
      '*/',
      'a:\n',
      '&a ',
      '----',
      'Invalid value: "',
      '1h',
    ),
    mutatedText(parser.valid).filter((text) => text.length > 0 && text.length < 100),
  )

  it('takes no longer than in proportion to its length', () => {
    const repeated = fc.record({
      head: fc.constantFrom('', ...parser.valid, '[default]\n', 'http://a', '1'),
      unit: units,
      tail: fc.constantFrom('', '!', 'x', '\n'),
    })
    // The parser of YAML that ships has limits of its own: see clouds-document.ts.
    const read = parser.name === 'a clouds.yaml' ? () => undefined : parser.read
    fc.assert(
      fc.property(repeated, (one) => slowLength(read, one) === undefined),
      { numRuns: runs(6) },
    )
  })
})

/** As long as it says, and no more. */
const NOTHING_ELSE = { head: '', unit: 'x', tail: '' }

describe('what has been found', () => {
  const route = (index: number) => ({ name: `r${index}`, hostname: `h${index}` })

  it.each<readonly [string, (length: number) => unknown]>([
    ['a path of an address', (length) => authUrl(`http://h${'/a'.repeat(length)}`, 3)],
    ['digits of a quantity', (length) => wholeUnits(`${'1'.repeat(length)}x`)],
    ['places of a quantity', (length) => wholeUnits(`1.${'1'.repeat(length)}`)],
    [
      'entries of a profile',
      (length) =>
        awsProfile(
          `[default]\n${Array.from({ length: length / 8 }, (_, n) => `k${n}=v\n`).join('')}`,
        ),
    ],
    ['routes', (length) => routeProblems(Array.from({ length: length / 16 }, (_, n) => route(n)))],
  ])('stays quick: thousands of %s', (_, work) => {
    expect(slowLength((text) => work(text.length), NOTHING_ELSE)).toBeUndefined()
  })
})

describe('the measure of slowness', () => {
  it('notices work that grows with the square', () => {
    const squared = (text: string): number => {
      let steps = 0
      for (let one = 0; one < text.length; one++)
        for (let other = 0; other < text.length; other++) steps += text.charCodeAt(other)
      return steps
    }
    expect(slowLength(squared, NOTHING_ELSE, 100)).toBeDefined()
  })
})
