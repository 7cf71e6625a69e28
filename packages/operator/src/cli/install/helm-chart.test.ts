import { installManifests } from '@image-registry-operator/render'
import type { Release } from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { helmChart } from './helm-chart'

const release: Release = {
  registryImage: 'registry.example/registry:3',
  operatorImage: 'registry.example/operator:v1',
  prunerImage: '',
  version: '1.2.3',
  imageVersion: '',
}

const { index, files, namedIn } = helmChart(release)
const textOf = (name: string): string => files.find((file) => file.name === name)?.text ?? ''
const values = parse(textOf('values.yaml')) as Readonly<Record<string, unknown>>
const chart = parse(index.text) as Readonly<Record<string, unknown>>

/** What helm does with the little of its language that the chart uses. */
const rendered = (text: string): string =>
  text
    .replace(/\{\{- if \.Values\.(monitoring|nodeTrust) \}\}\n/, '')
    .replace(/\{\{- end \}\}\n/, '')
    .replace(/\{\{ \.Values\.(\w+)(?: \| (?:quote|toJson))? \}\}/g, (_, name: string) =>
      JSON.stringify(values[name]),
    )
    .replace(/\{\{ \.Chart\.AppVersion \| quote \}\}/g, JSON.stringify(chart['appVersion']))
    .replace(/\{\{ "(\{\{|\}\})" \}\}/g, '$1')

describe('the chart', () => {
  it('installs what install prints, with its own values', () => {
    const objects = files
      .filter(({ name }) => /^(crds|templates)\//.test(name) && !name.endsWith('/config.yaml'))
      .map(({ text }) => parse(rendered(text)) as unknown)
    expect(objects).toEqual(
      installManifests({
        release,
        platform: 'Kubernetes',
        profile: 'all',
        monitoring: true,
        nodeTrust: '',
      }).map((object) =>
        object.kind === 'Namespace'
          ? {
              ...object,
              metadata: {
                ...object.metadata,
                annotations: { 'helm.sh/resource-policy': 'keep' },
              },
            }
          : object,
      ),
    )
  })

  it('has each of its values in a template', () => {
    const templates = files.filter(({ name }) => name.startsWith('templates/'))
    const used = templates
      .flatMap(({ text }) => [...text.matchAll(/\.Values\.(\w+)/g)])
      .map(([, name]) => name)
    expect([...new Set(used)].sort()).toEqual(Object.keys(values).sort())
  })

  it('leaves the Config and the namespaces when it goes: what is in them is the user’s', () => {
    expect(textOf('templates/config.yaml')).toContain('helm.sh/resource-policy: keep')
  })

  it('names all its files, so that they can be replaced', () => {
    expect(namedIn(chart)).toEqual(files.map(({ name }) => name))
  })

  it('is the same every time', () => {
    expect(helmChart(release)).toMatchObject({ index, files })
  })
})
