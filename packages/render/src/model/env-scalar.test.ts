import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { envScalar } from './env-scalar'

describe('a value as the text of a variable', () => {
  it.each([
    ['a number stays plain', 10, '10'],
    ['a boolean stays plain', true, 'true'],
    ['a word stays plain', 'filesystem', 'filesystem'],
    ['a path stays plain', '/registry', '/registry'],
    [
      'an address with a port stays plain',
      'https://example.com:5000/a',
      'https://example.com:5000/a',
    ],
    ['a text that looks like a number keeps quotes', '10', '"10"'],
    ['a text that looks like a boolean keeps quotes', 'true', '"true"'],
    ['an old boolean keeps quotes', 'yes', '"yes"'],
    ['a text that looks like a time keeps quotes', '2026-01-02', '"2026-01-02"'],
    ['what is not a number by name keeps quotes', '.NaN', '".NaN"'],
    ['no text at all keeps quotes', '', '""'],
    ['a text with a special beginning is single-quoted', `# foo'bar"baz`, `'# foo''bar"baz'`],
    ['a text with a comment in it is single-quoted', 'a #b', `'a #b'`],
    ['a text with control characters is escaped', 'a\tb\u0085', '"a\\tb\\u0085"'],
    ['lines are a block', 'a: b\n\n- c', '|-\n  a: b\n\n  - c'],
    ['lines with the last one ended are a block', 'a\nb\n', '|\n  a\n  b'],
    ['lines that a block would not keep are escaped', 'a \nb', '"a \\nb"'],
  ])('D7: %s', (_, value, text) => {
    expect(envScalar(value)).toBe(text)
  })

  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...`aeE019.:-+_,#'"|>[]{}?!&*%@\`~=<\n \t`), maxLength: 8 }),
    fc.constantFrom(
      '0x1f',
      '0o17',
      '017',
      '1e3',
      '1_000',
      '.5',
      '12:30',
      '1:2:3.4',
      '.inf',
      '<<',
      '~',
    ),
  )

  it('is read back as what it was, under the old YAML and the new', () => {
    fc.assert(
      fc.property(texts, (text) => {
        // This parser takes `.` and `e1` for numbers, which Go does not.
        fc.pre(!/^[-+]?[._]*([eE][-+]?[0-9]+)?$/.test(text))
        const written = envScalar(text)
        expect(parse(written, { version: '1.1' })).toBe(text)
        expect(parse(written, { version: '1.2' })).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })
})
