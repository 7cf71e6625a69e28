import { readFile, writeFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { recordedIo } from '../testing/recorded-io'
import { runCli } from './run-cli'

// The names that the release tooling replaces by the images of the release.
const PLACEHOLDERS = [
  '--operator-image=docker.io/openshift/origin-cluster-image-registry-operator:latest',
  '--image=docker.io/openshift/origin-docker-registry:latest',
  '--image-pruner=quay.io/openshift/origin-cli:v4.0',
  '--release-version=0.0.1-snapshot',
]

const installed = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { io, out, err } = recordedIo()
  expect(await runCli(io, ['install', ...PLACEHOLDERS, ...args])()).toBe(0)
  expect(err()).toBe('')
  return out()
}

describe('install', () => {
  it.each(['openshift', 'kubernetes'])('prints what deploy/%s.yaml holds', async (platform) => {
    const golden = new URL(`../../../../deploy/${platform}.yaml`, import.meta.url)
    const printed = await installed('--platform', platform)
    if (process.env['GOLDEN'] === 'rewrite') await writeFile(golden, printed)
    expect(printed).toBe(await readFile(golden, 'utf8'))
  })

  it('prints the same objects as JSON, as one List', async () => {
    const documents = parseAllDocuments(await installed())
    const list: unknown = JSON.parse(await installed('-o', 'json'))
    expect(list).toEqual({
      apiVersion: 'v1',
      kind: 'List',
      items: documents.map((document) => document.toJS() as unknown),
    })
  })

  it('says which images are missing, and prints all the same', async () => {
    const { io, out, err } = recordedIo('', {
      release: { registryImage: '', operatorImage: '', prunerImage: '', version: '' },
    })
    expect(await runCli(io, ['install'])()).toBe(0)
    expect(out()).toContain('kind: Deployment')
    expect(err().split('\n')).toHaveLength(3)
  })
})
