import { readdir, readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { temporaryFolder } from '../testing/temporary-folder'
import { azureStackEndpoints, endpointsFile } from './endpoints-file'

describe('the file with the endpoints', () => {
  it('holds what is published, and goes when nothing is', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'azurestackcloud.json')
    const keep = endpointsFile(path)
    expect(await keep('')()).toBeUndefined()
    expect(await keep('{"a":1}')()).toBeUndefined()
    expect(await readFile(path, 'utf8')).toBe('{"a":1}')
    expect(await keep('{"a":2}')()).toBeUndefined()
    expect(await readFile(path, 'utf8')).toBe('{"a":2}')
    expect(await keep('')()).toBeUndefined()
    expect(await readdir(folder)).toEqual([])
  })

  it('is not touched while it is right', async () => {
    const folder = await temporaryFolder({ file: 'same' })
    const path = join(folder, 'file')
    const longAgo = new Date(1_000_000)
    await utimes(path, longAgo, longAgo)
    await endpointsFile(path)('same')()
    expect((await stat(path)).mtime).toEqual(longAgo)
  })

  it('says why it cannot be kept', async () => {
    const folder = await temporaryFolder({ 'folder/file': '' })
    expect(await endpointsFile('')('a')()).toBe('AZURE_ENVIRONMENT_FILEPATH is not set')
    expect(await endpointsFile('')('')()).toBeUndefined()
    expect(await endpointsFile(join(folder, 'nowhere', 'file'))('a')()).toMatch(/ENOENT/)
    expect(await endpointsFile(join(folder, 'folder'))('a')()).toMatch(/EISDIR/)
  })
})

it('knows the endpoints of the cloud that the cluster runs on', () => {
  const bundle = (namespace: string, name: string) => ({
    namespace,
    name,
    data: { endpoints: `${namespace}/${name}` },
    binaryData: {},
  })
  const all = [bundle('openshift-config', 'other'), bundle('other', 'cloud-provider-config')]
  expect(azureStackEndpoints(all)).toBe('')
  expect(azureStackEndpoints([...all, bundle('openshift-config', 'cloud-provider-config')])).toBe(
    'openshift-config/cloud-provider-config',
  )
})
