import { expect, it } from 'vitest'

import { onceKnown } from './once-known'

it('works out once what is asked for again, and anew what is another object', () => {
  const worked: string[] = []
  const lengthOf = onceKnown(({ name }: { readonly name: string }) => {
    worked.push(name)
    return name.length
  })
  const object = { name: 'one' }
  expect([lengthOf(object), lengthOf(object), lengthOf({ name: 'other' })]).toEqual([3, 3, 5])
  expect(worked).toEqual(['one', 'other'])
})
