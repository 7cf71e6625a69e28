import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { KubeObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { temporaryFolder } from '../../testing/temporary-folder'
import { kustomizeFolder } from './kustomize-folder'
import { writeFolder } from './write-folder'

const role = (name: string, namespace: string): KubeObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name, namespace },
})

const write = (folder: string, ...objects: ReadonlyArray<KubeObject>) =>
  writeFolder(folder)(kustomizeFolder(objects, 'yaml'))()

const files = async (folder: string): Promise<ReadonlyArray<string>> =>
  [...(await readdir(folder))].sort()

describe('a folder of manifests', () => {
  it('keeps objects of one name apart by their namespaces', async () => {
    const folder = await temporaryFolder()
    expect(E.isRight(await write(folder, role('a', 'x'), role('a', 'y'), role('b', 'x')))).toBe(
      true,
    )
    expect(await files(folder)).toEqual([
      'kustomization.yaml',
      'role-b.yaml',
      'role-x-a.yaml',
      'role-y-a.yaml',
    ])
  })

  it('is written anew without what is gone, and with what people have put beside it', async () => {
    const folder = join(await temporaryFolder(), 'base')
    await write(folder, role('a', 'x'), role('b', 'x'))
    await writeFile(join(folder, 'notes.txt'), 'mine')
    expect(E.isRight(await write(folder, role('b', 'x')))).toBe(true)
    expect(await files(folder)).toEqual(['kustomization.yaml', 'notes.txt', 'role-b.yaml'])
  })

  it.each([
    ['notes.txt', 'mine'],
    ['kustomization.yaml', 'resources:\n- role-a.yaml\n'],
  ])('is left alone where somebody else has written %s', async (name, text) => {
    const folder = await temporaryFolder({ [name]: text })
    expect(await write(folder, role('a', 'x'))).toMatchObject({ left: { where: folder } })
    expect(await files(folder)).toEqual([name])
    expect(await readFile(join(folder, name), 'utf8')).toBe(text)
  })

  it('loses nothing outside of it, whatever its kustomization.yaml names', async () => {
    const parent = await temporaryFolder({ 'precious.yaml': 'mine' })
    const folder = join(parent, 'base')
    await write(folder, role('a', 'x'))
    const file = join(folder, 'kustomization.yaml')
    await writeFile(file, `${await readFile(file, 'utf8')}  - ../precious.yaml\n`)
    await mkdir(join(folder, 'more'))
    expect(E.isRight(await write(folder, role('a', 'x')))).toBe(true)
    expect(await files(parent)).toEqual(['base', 'precious.yaml'])
  })
})
