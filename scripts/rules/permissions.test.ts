import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { driverNeeds } from '@image-registry-operator/render'
import { describe, expect, it } from 'vitest'

import { namedOperations } from './named-operations'

const drivers = join(import.meta.dirname, '../../packages/storage-drivers/src')

const FOLDERS: Readonly<Record<keyof typeof driverNeeds, ReadonlyArray<string>>> = {
  azure: ['azure'],
  gcs: ['gcs'],
  // What it speaks of S3 is signed by a key that has a role of its own.
  'ibm-cos': ['ibm-cos'],
  s3: ['s3', 's3-compatible'],
  swift: ['swift'],
}

const DRIVERS = [
  ['azure', driverNeeds.azure],
  ['gcs', driverNeeds.gcs],
  ['ibm-cos', driverNeeds['ibm-cos']],
  ['s3', driverNeeds.s3],
  ['swift', driverNeeds.swift],
] as const

const operationsIn = (source: string): ReturnType<typeof namedOperations> => {
  const folder = mkdtempSync(join(tmpdir(), 'named-operations-'))
  try {
    writeFileSync(join(folder, 'source.ts'), source)
    return namedOperations([folder])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('the permissions that are asked for', () => {
  it.each(DRIVERS)('are those of the requests that the driver for %s sends', (folder, needs) => {
    const { names, unreadable } = namedOperations(
      FOLDERS[folder].map((name) => join(drivers, name)),
    )
    expect(unreadable).toEqual([])
    expect(names).toEqual(Object.keys(needs).sort())
  })
})

describe('requests', () => {
  it('are found by their names, whoever hands these on', () => {
    const source = `
      type Ask = (operation: string, path: string) => void
      const NAME = 'Named'
      const call = ({ operation }: { operation: string }): void => undefined
      const asked = (scope: number, operation: string): void => call({ operation })
      export const all = (ask: Ask): void => {
        call({ operation: 'Plain' })
        asked(1, NAME)
        ask('Aliased', 'of no interest')
      }`
    expect(operationsIn(source)).toEqual({ names: ['Aliased', 'Named', 'Plain'], unreadable: [] })
  })

  it('are something else than the errors that name them', () => {
    const source = `
      type StorageError = { _tag: string; operation: string }
      const problem = (operation: string): StorageError => ({ _tag: 'Refused', operation })
      export const all = [problem('Never'), { _tag: 'Refused', operation: 'Neither' }]`
    expect(operationsIn(source)).toEqual({ names: [], unreadable: [] })
  })

  it('have names that can be read off', () => {
    const source = `
      const call = (operation: string): void => undefined
      export const all = (name: string): void => call(\`Set\${name}\`)`
    expect(operationsIn(source).unreadable).toEqual([expect.stringContaining('Set')])
  })
})
