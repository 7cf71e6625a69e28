import { readFile } from 'node:fs/promises'

import { file } from '@image-registry-operator/oci-image'
import { describe, expect, it } from 'vitest'

import { missingLibraries } from './missing-libraries'
import { neededLibraries } from './needed-libraries'

describe('what a program needs', () => {
  it('is read off the program', async () => {
    const needed = neededLibraries(await readFile(process.execPath))
    expect(needed).toEqual(expect.arrayContaining(['libc.so.6', 'libstdc++.so.6', 'libm.so.6']))
  })

  it.each([
    ['a text', 'usr/share/doc'],
    ['a text that begins like a program', '\u007fELF\u0002\u0001'],
    ['nothing', ''],
  ])('is nothing where it is %s', (_, content) => {
    expect(neededLibraries(new TextEncoder().encode(content))).toEqual([])
  })
})

describe('the libraries of an image', () => {
  it('are complete when all that its programs need is there, by whatever kind of entry', async () => {
    const program = file('usr/bin/node', await readFile(process.execPath))
    const names = missingLibraries([program])
    expect(names).toContain('libc.so.6')
    expect(
      missingLibraries([program, ...names.map((name) => file(`lib/some-linux/${name}`, ''))]),
    ).toEqual([])
    expect(
      missingLibraries([program, ...names.slice(1).map((name) => file(`lib/${name}`, ''))]),
    ).toEqual(names.slice(0, 1))
  })
})
