import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').replace(/\s+/g, ' ')

/** `name` (path/to/file.ts): the way the walk-through names a function and its place. */
const named = [...text.matchAll(/`(\w+)` \((packages\/[\w./-]+\.ts)/g)].map(
  ([, name = '', path = '']) => ({ name, path }),
)

const paths = [...text.matchAll(/`?((?:packages|scripts|docs)\/[\w./-]+)/g)].map(([, path = '']) =>
  path.replace(/[.,/]+$/, ''),
)

describe('ARCHITECTURE.md', () => {
  it('names enough functions to be checked', () => {
    expect(named.length).toBeGreaterThanOrEqual(15)
  })

  it.each(named)('is right that $name is in $path', ({ name, path }) => {
    expect(readFileSync(join(root, path), 'utf8')).toMatch(new RegExp(`export const ${name}\\b`))
  })

  it.each([...new Set(paths)])('names a path that exists: %s', (path) => {
    expect(existsSync(join(root, path))).toBe(true)
  })
})
