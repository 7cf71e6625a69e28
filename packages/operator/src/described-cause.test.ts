import { describe, expect, it } from 'vitest'

import { describedCause, showDefect } from './described-cause'

const SECRET = 'canary7'

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (cause) {
    return cause
  }
}

describe('a failure that nobody expected', () => {
  it.each([
    ['of a parser', thrownBy(() => JSON.parse(`{"a": "${SECRET}`))],
    ['of a parser at the end', thrownBy(() => JSON.parse(`${SECRET}`))],
    ['of a URL', thrownBy(() => new URL(`https://${SECRET}:${SECRET}@:`))],
    ['of Node', thrownBy(() => Buffer.alloc(SECRET as unknown as number))],
    ['of a name', thrownBy(() => (({}) as Record<string, () => void>)[SECRET]?.call(undefined))],
    ['of a long token', new Error(`Bearer ${SECRET.repeat(9)} refused`)],
    ['of a request', Object.assign(new Error('failed'), { config: { token: SECRET } })],
    ['of many lines', new Error(`broken: "${SECRET}\n${SECRET}"`)],
    ['with a cause', new Error('failed', { cause: new Error(SECRET) })],
    ['that is text', SECRET],
  ])('repeats nothing of what it was about: %s', (_, cause) => {
    expect(JSON.stringify(describedCause(cause)) + showDefect(cause)).not.toContain(SECRET)
  })

  it('says what it is and where in the program', () => {
    const cause = thrownBy(() => (undefined as unknown as { readonly a: string }).a)
    const { error, stack } = describedCause(cause)
    expect(error).toBe('TypeError: Cannot read properties of undefined (reading …)')
    expect(stack).toMatch(/^ {4}at .*described-cause\.test\.ts:\d+/)
    expect(showDefect(cause)).toBe(`unexpected failure, this is a defect: ${error}\n${stack}\n`)
  })
})
