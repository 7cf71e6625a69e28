import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { recordedIo } from '../testing/recorded-io'
import { temporaryFolder } from '../testing/temporary-folder'
import { runCli } from './run-cli'

const config = (spec: object, more: object = {}): string =>
  JSON.stringify({
    apiVersion: 'imageregistry.operator.openshift.io/v1',
    kind: 'Config',
    metadata: { name: 'cluster' },
    spec,
    ...more,
  })

const EMPTY_DIR = { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }

const NAMESPACE = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'openshift-image-registry' },
})

const rendered = async (stdin: string, ...args: ReadonlyArray<string>) => {
  const { io, out, err } = recordedIo(stdin)
  const code = await runCli(io, ['render', ...args])()
  return { code, out: out(), err: err() }
}

type List = { readonly kind: string; readonly items: ReadonlyArray<{ readonly kind: string }> }

describe('render', () => {
  it('prints a List in the order in which to apply it', async () => {
    const { code, out, err } = await rendered(`${config(EMPTY_DIR)}\n---\n${NAMESPACE}`, '-f', '-')
    expect(err).toBe('')
    const list = parse(out) as List
    expect(list.kind).toBe('List')
    expect(list.items.map(({ kind }) => kind)).toEqual([
      'ConfigMap',
      'ServiceAccount',
      'Secret',
      'Secret',
      'Secret',
      'Service',
      'Secret',
      'Deployment',
      'PodDisruptionBudget',
      'NetworkPolicy',
    ])
    expect(code).toBe(0)
  })

  it('prints the same as JSON', async () => {
    const input = `${config(EMPTY_DIR)}\n---\n${NAMESPACE}`
    const yaml = await rendered(input, '-f', '-')
    const json = await rendered(input, '-f', '-', '-o', 'json')
    expect(JSON.parse(json.out)).toEqual(parse(yaml.out))
  })

  it('takes the images from flags before it takes them from the environment', async () => {
    const { out } = await rendered(
      `${config(EMPTY_DIR)}\n---\n${NAMESPACE}`,
      '-f',
      '-',
      '--image=a/b:c',
    )
    expect(out).toContain('image: a/b:c')
    expect(out).not.toContain('registry.example/registry')
  })

  it('reads files and folders together', async () => {
    const folder = await temporaryFolder({ 'facts/namespace.json': NAMESPACE })
    const { code, out } = await rendered(config(EMPTY_DIR), '-f', folder, '-')
    expect(code).toBe(0)
    expect(out).toContain('kind: Deployment')
  })

  it('writes one file per object, and a kustomization that names them in order', async () => {
    const folder = join(await temporaryFolder(), 'new/folder')
    const input = `${config(EMPTY_DIR)}\n---\n${NAMESPACE}`
    expect((await rendered(input, '-f', '-', '--output-dir', folder)).code).toBe(0)
    const kustomization = parse(await readFile(join(folder, 'kustomization.yaml'), 'utf8')) as {
      readonly resources: ReadonlyArray<string>
    }
    expect(kustomization.resources.slice(0, 2)).toEqual([
      'configmap-image-registry-certificates.yaml',
      'serviceaccount-registry.yaml',
    ])
    expect([...kustomization.resources, 'kustomization.yaml'].sort()).toEqual(
      (await readdir(folder)).sort(),
    )
  })

  it('tells every problem of a Config at once, with its place, and prints nothing', async () => {
    const { code, out, err } = await rendered(
      config({ ...EMPTY_DIR, replicas: -1, logLevel: 7, wrong: true }),
      '-f',
      '-',
    )
    expect(code).toBe(1)
    expect(out).toBe('')
    const lines = err.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    for (const line of lines)
      expect(line).toMatch(/^stdin:1: spec\.(replicas|logLevel|wrong): .+; .+$/)
  })

  it('tells problems of several files at once', async () => {
    const folder = await temporaryFolder({ 'a.yaml': 'a: [', 'b.yaml': '42' })
    const { code, err } = await rendered('', '-f', folder, join(folder, 'c.yaml'))
    expect(code).toBe(1)
    expect(err.trimEnd().split('\n')).toHaveLength(3)
  })

  it('says that there is no Config', async () => {
    const { code, err } = await rendered(NAMESPACE, '-f', '-')
    expect(code).toBe(1)
    expect(err).toMatch(/^there is no Config "cluster" .*; create one/)
  })

  it('warns of what is in a Config and means nothing', async () => {
    const { code, err } = await rendered(
      `${config(EMPTY_DIR, {
        metadata: { name: 'cluster', selfLink: '/x', lables: {} },
        status: {},
        extra: 1,
      })}\n---\n${NAMESPACE}`,
      '-f',
      '-',
    )
    expect(code).toBe(0)
    expect(
      err
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/: (is|does not exist) .*/, '')),
    ).toEqual([
      'warning: stdin:1: extra',
      'warning: stdin:1: status',
      'warning: stdin:1: metadata.selfLink',
      'warning: stdin:1: metadata.lables',
    ])
  })

  it('says which objects cannot be said yet, and prints the others', async () => {
    const { code, out, err } = await rendered(
      `${config({ ...EMPTY_DIR, storage: { pvc: { claim: 'mine' } } })}\n---\n${NAMESPACE}`,
      '-f',
      '-',
    )
    expect(code).toBe(3)
    expect(err).toContain('not rendered: Deployment openshift-image-registry/image-registry: ')
    expect(out).toContain('kind: Service\n')
    expect(out).not.toContain('kind: Deployment\n')
  })

  it('never prints a secret value', async () => {
    const { out, err } = await rendered(
      [
        config({ ...EMPTY_DIR, httpSecret: 'hush-hush' }),
        NAMESPACE,
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'pull-secret', namespace: 'openshift-config' },
          data: { '.dockerconfigjson': Buffer.from('hush-hush').toString('base64') },
        }),
      ].join('\n---\n'),
      '-f',
      '-',
    )
    expect(out).toContain('sha256:')
    for (const secret of ['hush-hush', Buffer.from('hush-hush').toString('base64')])
      expect(out + err).not.toContain(secret)
  })
})
