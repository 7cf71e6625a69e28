import { readFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'

import { ownImage } from '../../own-image'
import { recordedIo } from '../../testing/recorded-io'
import { temporaryFolder } from '../../testing/temporary-folder'
import { metrics } from '../../telemetry/metrics'
import { runCli } from '../run-cli'

// The names that the release tooling replaces by the images of the release.
const PLACEHOLDERS = [
  '--operator-image=docker.io/openshift/origin-cluster-image-registry-operator:latest',
  '--image=docker.io/openshift/origin-docker-registry:latest',
  '--image-pruner=quay.io/openshift/origin-cli:v4.0',
  '--release-version=0.0.1-snapshot',
]

const OPENSHIFT = ['--platform', 'openshift']

// A program that runs from source does not know it.
const { version: VERSION } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }

const NOTHING_SAID = {
  registryImage: '',
  operatorImage: '',
  prunerImage: '',
  version: '',
  imageVersion: '',
}

const installed = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { io, out, err } = recordedIo()
  expect(await runCli(io, ['install', ...PLACEHOLDERS, ...args])()).toBe(0)
  expect(err()).toBe('')
  return out()
}

describe('install', () => {
  it.each([
    ['openshift', [...PLACEHOLDERS, '--platform', 'openshift']],
    ['hypershift', [...PLACEHOLDERS, '--profile', 'hypershift']],
    ['kubernetes', ['--operator-image', ownImage(VERSION), '--release-version', VERSION]],
  ] as const)('prints what deploy/%s.yaml holds', async (name, args) => {
    const golden = new URL(`../../../../../deploy/${name}.yaml`, import.meta.url)
    const { io, out, err } = recordedIo('', { release: NOTHING_SAID })
    expect(await runCli(io, ['install', ...args])()).toBe(0)
    expect(err()).toBe('')
    const printed = out()
    if (process.env['GOLDEN'] === 'rewrite') await writeFile(golden, printed)
    expect(printed).toBe(await readFile(golden, 'utf8'))
  })

  it('prints what deploy/node-trust.yaml holds besides, where nodes are to be told of the registry', async () => {
    const golden = new URL('../../../../../deploy/node-trust.yaml', import.meta.url)
    const documents = async (...args: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
      const { io, out } = recordedIo('', { release: NOTHING_SAID })
      const image = ['--operator-image', ownImage(VERSION)]
      expect(await runCli(io, ['install', ...image, ...args])()).toBe(0)
      return out().split(/^---\n/m)
    }
    const usual = await documents()
    const more = (await documents('--node-trust')).filter((each) => !usual.includes(each))
    const printed = more.join('---\n')
    if (process.env['GOLDEN'] === 'rewrite') await writeFile(golden, printed)
    expect(printed).toBe(await readFile(golden, 'utf8'))
    const elsewhere = await documents('--node-trust', '--certs-d', '/opt/certs.d')
    expect(elsewhere.join('---\n')).toContain('path: /opt/certs.d\n')
  })

  it.each([
    ['on OpenShift', ['--node-trust', ...OPENSHIFT], '--node-trust'],
    [
      'in a chart',
      ['--node-trust', '--format', 'helm', '--output-dir', 'x'],
      'the value nodeTrust',
    ],
    [
      'in a bundle',
      ['--node-trust', '--format', 'olm', '--output-dir', 'x'],
      'install --node-trust',
    ],
    ['in no folder', ['--node-trust', '--certs-d', 'certs.d'], '"certs.d" is not the path'],
    ['with a folder alone', ['--certs-d', '/etc/containerd/certs.d'], '--node-trust'],
  ] as const)('refuses to tell nodes of the registry %s', async (_, args, word) => {
    const { io, out, err } = recordedIo()
    expect(await runCli(io, ['install', ...args])()).toBe(1)
    expect(out()).toBe('')
    expect(err()).toContain(word)
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

  it('needs no option on plain Kubernetes, and says where the image of the operator has to be', async () => {
    const { io, out, err } = recordedIo('', { release: NOTHING_SAID })
    expect(await runCli(io, ['install'])()).toBe(0)
    expect(out()).toContain('image: localhost/image-registry-operator:')
    expect(out()).toMatch(/value: docker\.io\/library\/registry:3\.1\.\d+\n/)
    expect(out()).toContain('value: distribution-3.1\n')
    expect(err()).toMatch(
      /^warning: the image of the operator, localhost\/image-registry-operator:\S+, is in no registry; .+\n$/,
    )
  })

  it('chooses no image for those who run another registry than the usual one', async () => {
    const registry = { _tag: 'Distribution', version: [2, 8] } as const
    const { io, out, err } = recordedIo('', {
      release: { ...NOTHING_SAID, operatorImage: 'registry.example/operator:v1', registry },
    })
    expect(await runCli(io, ['install'])()).toBe(0)
    expect(out()).toContain('value: distribution-2.8\n')
    expect(err()).toMatch(/^warning: no image is set \(registry, .+\n$/)
  })

  it('says nothing of OpenShift to plain Kubernetes', async () => {
    const words = (await installed()).matchAll(/^ +([a-z-]+\.)*openshift\.io\/.*$/gm)
    expect([...words].map(([line]) => line)).toEqual([])
  })

  it('writes a base of kustomize, a file for each object, the same ones every time', async () => {
    const folder = join(await temporaryFolder(), 'new/base')
    const written = async (): Promise<ReadonlyArray<readonly [string, string]>> =>
      Promise.all(
        (await readdir(folder))
          .sort()
          .map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
      )
    expect(await installed('--output-dir', folder)).toBe('')
    const first = await written()
    const { resources } = parse(await readFile(join(folder, 'kustomization.yaml'), 'utf8')) as {
      readonly resources: ReadonlyArray<string>
    }
    expect([...resources, 'kustomization.yaml'].sort()).toEqual(first.map(([name]) => name))
    const texts = new Map(first)
    expect(resources.map((name) => parse(texts.get(name) ?? '') as unknown)).toEqual(
      parseAllDocuments(await installed()).map((document) => document.toJS() as unknown),
    )
    expect(await installed('--output-dir', folder)).toBe('')
    expect(await written()).toEqual(first)
  })

  it.each([
    ['helm', ['Chart.yaml', 'crds', 'templates', 'values.yaml']],
    ['olm', ['bundle-files.yaml', 'manifests', 'metadata']],
  ] as const)('writes a folder for %s, the same one again over it', async (format, entries) => {
    const folder = join(await temporaryFolder(), 'new')
    const entriesOf = async (): Promise<ReadonlyArray<string>> =>
      [...(await readdir(folder, { recursive: true }))].sort()
    expect(await installed('--format', format, '--output-dir', folder)).toBe('')
    const first = await entriesOf()
    expect(first.filter((name) => !name.includes('/'))).toEqual(entries)
    expect(await installed('--format', format, '--output-dir', folder)).toBe('')
    expect(await entriesOf()).toEqual(first)
  })

  it.each([
    ['without a folder', ['--format', 'helm'], '--output-dir'],
    ['for OpenShift', ['--format', 'olm', '--output-dir', 'x', ...OPENSHIFT], 'plain Kubernetes'],
  ] as const)('refuses a format %s', async (_, args, word) => {
    const { io, out, err } = recordedIo()
    expect(await runCli(io, ['install', ...args])()).toBe(1)
    expect(out()).toBe('')
    expect(err()).toContain(word)
  })

  it('refuses to write permissions into a folder', async () => {
    const { io, out, err } = recordedIo()
    const args = ['install', '--permissions', 'aws', '--output-dir', 'base']
    expect(await runCli(io, args)()).toBe(1)
    expect(out()).toBe('')
    expect(err()).toContain('--output-dir')
  })

  it('prints nothing that needs the Prometheus operator on plain Kubernetes, unless asked to', async () => {
    const printed = await installed('--platform', 'kubernetes')
    expect(printed).toContain('kind: Deployment')
    expect(printed).not.toContain('apiVersion: monitoring.coreos.com')
    const withMonitoring = await installed('--platform', 'kubernetes', '--monitoring')
    expect(withMonitoring).toContain('kind: PrometheusRule')
  })

  it('refuses a kind of cluster that it does not know', async () => {
    const { io, out, err } = recordedIo()
    expect(await runCli(io, ['install', '--profile', 'single-node'])()).toBe(1)
    expect(out()).toBe('')
    expect(err()).toContain('self-managed-high-availability')
  })

  it('warns of nothing that no page explains, and no page explains what is never warned of', async () => {
    const alerts = [...(await installed(...OPENSHIFT)).matchAll(/^ *- alert: (\S+)$/gm)].map(
      ([, name]) => name,
    )
    const pages = await readdir(new URL('../../../../../docs/runbooks', import.meta.url))
    expect(alerts.length).toBeGreaterThan(0)
    expect([...pages].sort()).toEqual(alerts.map((name) => `${name}.md`).sort())
  })

  it('asks of the operator only for metrics that it has', async () => {
    const asked = (await installed(...OPENSHIFT)).match(/image_registry_[a-z_]+/g) ?? []
    const served = await metrics('1.2.3').text()
    expect(new Set(asked).size).toBeGreaterThan(3)
    for (const name of asked) expect(served).toContain(`# TYPE ${name} `)
  })

  it('says which images are missing, and prints all the same', async () => {
    const { io, out, err } = recordedIo('', { release: NOTHING_SAID })
    expect(await runCli(io, ['install', ...OPENSHIFT])()).toBe(0)
    expect(out()).toContain('kind: Deployment')
    expect(err().split('\n')).toHaveLength(3)
  })
})
