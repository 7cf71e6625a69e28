import { readdir, readFile, writeFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { recordedIo } from '../testing/recorded-io'
import { metrics } from '../telemetry/metrics'
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
  it.each([
    ['openshift', []],
    ['hypershift', ['--profile', 'hypershift']],
    ['kubernetes', ['--platform', 'kubernetes', '--image', 'docker.io/library/registry:3']],
  ] as const)('prints what deploy/%s.yaml holds', async (name, args) => {
    const golden = new URL(`../../../../deploy/${name}.yaml`, import.meta.url)
    const printed = await installed(...args)
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

  it('prints nothing that needs the Prometheus operator on plain Kubernetes, unless asked to', async () => {
    const printed = await installed('--platform', 'kubernetes')
    expect(printed).toContain('kind: Deployment')
    expect(printed).not.toContain('monitoring.coreos.com')
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
    const alerts = [...(await installed()).matchAll(/^ *- alert: (\S+)$/gm)].map(([, name]) => name)
    const pages = await readdir(new URL('../../../../docs/runbooks', import.meta.url))
    expect(alerts.length).toBeGreaterThan(0)
    expect([...pages].sort()).toEqual(alerts.map((name) => `${name}.md`).sort())
  })

  it('asks of the operator only for metrics that it has', async () => {
    const asked = (await installed()).match(/image_registry_[a-z_]+/g) ?? []
    const served = await metrics('1.2.3').text()
    expect(new Set(asked).size).toBeGreaterThan(3)
    for (const name of asked) expect(served).toContain(`# TYPE ${name} `)
  })

  it('says which images are missing, and prints all the same', async () => {
    const { io, out, err } = recordedIo('', {
      release: {
        registryImage: '',
        operatorImage: '',
        prunerImage: '',
        version: '',
        imageVersion: '',
      },
    })
    expect(await runCli(io, ['install'])()).toBe(0)
    expect(out()).toContain('kind: Deployment')
    expect(err().split('\n')).toHaveLength(3)
  })
})
