import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { recordedIo } from '../../testing/recorded-io'
import { runCli } from '../run-cli'

const examples = join(import.meta.dirname, '../../../../../examples')

const SECRET_VALUE = 'canary-of-a-secret'
const SECRET = `apiVersion: v1\nkind: Secret\nmetadata: {name: image-registry-private-configuration-user, namespace: openshift-image-registry}\nstringData:\n  REGISTRY_STORAGE_S3_ACCESSKEY: ${SECRET_VALUE}\n  REGISTRY_STORAGE_S3_SECRETKEY: "${SECRET_VALUE}"\n`

/** How many inputs are tried; more of them by hand: HOSTILE_INPUTS=20000. */
const RUNS = Number(process.env['HOSTILE_INPUTS'] ?? 60)

let seed = Buffer.from('')

beforeAll(async () => {
  const snapshot = await readFile(join(examples, 'snapshot.yaml'), 'utf8')
  // Of the snapshot the beginning, or each run takes as long as the whole.
  const few = snapshot
    .split(/^- (?=apiVersion)/m)
    .slice(0, 6)
    .join('- ')
  seed = Buffer.from(`${SECRET}---\n${few}`)
})

/** A change of bytes: something put in the place of `cut` bytes at `at`, a share of the length. */
type Change = { readonly at: number; readonly cut: number; readonly put: Buffer }

/** What means something in YAML or JSON, what is no text, and what is much. */
const PIECES = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ': ',
    ',',
    '-',
    '- ',
    '? ',
    '&a ',
    '*a',
    '<<: *a',
    '!!js/function ',
    '!x ',
    '|',
    '>',
    '|-9\n',
  ],
  ...[
    '"',
    "'",
    '\\',
    '#',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '\n',
    '\t',
    '\r',
    ' ',
    '\0',
    '\u2028',
    '\uFEFF',
    '\u{1F600}',
  ],
  ...[
    '~',
    'null',
    '1e999',
    '.nan',
    '0x',
    '-0',
    '99999999999999999999',
    '2001-01-01',
    'true',
    '__proto__: ',
    'constructor: ',
  ],
  ...['[', '- ', '{a: ', '? ', ' ', '\n'].map((piece) => piece.repeat(300)),
]

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PIECES).map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)) },
)
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof(fc.nat(4), fc.nat(2_000)),
  put: piece,
})

const changed = (bytes: Buffer, { at, cut, put }: Change): Buffer => {
  const start = Math.floor(at * bytes.length)
  return Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + cut)])
}

const ran = async (bytes: Uint8Array, ...args: ReadonlyArray<string>) => {
  const { io, out, err } = recordedIo()
  const code = await runCli({ ...io, stdin: async () => bytes }, [...args, '-f', '-'])()
  return { code, out: out(), err: err() }
}

/** What a problem has to begin with, so that it can be found. */
const FINDABLE =
  /^(warning: )?(stdin|not rendered: |left as it is: |there is no Config |[A-Z]\w+ [\w./:-]+: |no image |the plan |and more)/

const holds = async (command: string, bytes: Uint8Array): Promise<void> => {
  const { code, out, err } = await ran(bytes, command)
  expect([0, 1, 2, 3]).toContain(code)
  expect(err).not.toContain('defect')
  if (code === 1) expect([out, err]).toEqual(['', expect.stringMatching(FINDABLE)])
  expect(err.split('\n').filter((line) => line !== '' && !FINDABLE.test(line))).toEqual([])
  expect(err).not.toContain(SECRET_VALUE)
}

const command = fc.constantFrom('render', 'plan', 'status')

describe('whatever is given as a manifest', () => {
  it('is read as it is where nothing is wrong with it', async () => {
    expect(await ran(seed, 'render')).toMatchObject({ err: expect.not.stringContaining('stdin') })
  })

  it('is rendered, planned and told of, or refused with its place: examples with some bytes changed', async () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(command, changes, async (name, all) =>
        holds(name, all.reduce(changed, seed)),
      ),
      { numRuns: RUNS },
    )
  })

  it('is refused with its place: bytes that mean something, in every order', async () => {
    await fc.assert(
      fc.asyncProperty(command, fc.array(piece, { maxLength: 30 }), async (name, pieces) =>
        holds(name, Buffer.concat(pieces)),
      ),
      { numRuns: RUNS * 2 },
    )
  })
})
