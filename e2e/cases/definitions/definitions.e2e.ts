import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { type Answer, type ClusterClient, clusterClient } from '../../cluster/cluster-client'
import { type ControlPlane, startControlPlane } from '../../cluster/control-plane'
import { loadManifests } from '../../cluster/load-manifests'
import { publishedCases, registryDefinitions } from '../../cluster/openshift-api'
import { asYaml, printedByInstall } from '../../harness/installed-objects'
import { configCases, type DefinitionCase, prunerCases } from './definition-cases'

const group = '/apis/imageregistry.operator.openshift.io/v1'

const ours = async (): Promise<string> =>
  asYaml((await printedByInstall()).filter(({ kind }) => kind === 'CustomResourceDefinition'))

type Body = Readonly<{ spec?: unknown; message?: string }>

const resource = (kind: string, name: string, fields: object): object => ({
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind,
  metadata: { name },
  ...fields,
})

/** The answer, as far as a case says something of it. */
const said = ({ code, body }: Answer, { refused }: DefinitionCase): unknown => {
  const { spec, message = '' } = body as Body
  if (code === 201) return { stored: spec }
  return { code, refused: message.includes(refused ?? '\n') ? refused : message }
}

const expected = ({ stored, refused }: DefinitionCase): unknown =>
  refused === undefined ? { stored } : { code: 422, refused }

const condition = (fields: object): object => ({
  type: 'Available',
  status: 'True',
  lastTransitionTime: '2026-01-02T03:04:05Z',
  reason: 'Storage Exists',
  message: '',
  ...fields,
})

const generation = (name: string): object => ({
  group: 'apps',
  resource: 'deployments',
  namespace: 'openshift-image-registry',
  name,
  lastGeneration: 1,
  hash: '',
})

const reported = { storage: { managementState: 'Managed' }, storageManaged: true }

describe.each([
  { whose: 'our definitions', definitions: ours },
  { whose: 'the definitions of openshift/api', definitions: registryDefinitions },
])('$whose', ({ definitions }) => {
  let controlPlane: ControlPlane
  let client: ClusterClient

  beforeAll(async () => {
    controlPlane = await startControlPlane({ controllers: false, auditLog: false })
    client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
    await loadManifests(controlPlane, await definitions())
    for (const kind of ['Config', 'ImagePruner']) {
      const spec = kind === 'Config' ? { replicas: 1 } : {}
      const made = resource(kind, 'reported', { spec })
      await client.send('POST', `${group}/${kind.toLowerCase()}s`, made)
    }
  })

  afterAll(async () => {
    client?.close()
    await controlPlane?.stop()
  })

  const tried = (kind: string, spec: unknown): Promise<Answer> =>
    client.request(
      'POST',
      `${group}/${kind.toLowerCase()}s?dryRun=All`,
      resource(kind, 'tried', { spec }),
    )

  const told = (kind: string, status: object): Promise<Answer> =>
    client.request(
      'PATCH',
      `${group}/${kind.toLowerCase()}s/reported/status`,
      { status },
      'application/merge-patch+json',
    )

  it.each(configCases)('of a Config: $it', async (tested) => {
    expect(said(await tried('Config', tested.spec), tested)).toEqual(expected(tested))
  })

  it.each(prunerCases)('of an ImagePruner: $it', async (tested) => {
    expect(said(await tried('ImagePruner', tested.spec), tested)).toEqual(expected(tested))
  })

  it('pass the test cases of openshift/api', async () => {
    const cases = await publishedCases()
    expect(cases.length).toBeGreaterThan(10)
    for (const { name, initial, expected: wanted, expectedError } of cases) {
      const { kind, spec } = parse(initial) as Readonly<{ kind: string; spec: unknown }>
      const { code, body } = await tried(kind, spec)
      const { spec: stored, message = '' } = body as Body
      if (expectedError === undefined) {
        expect({ name, code, stored }).toEqual({
          name,
          code: 201,
          stored: (parse(wanted ?? '') as Body).spec,
        })
      } else {
        expect({ name, code, message }).toEqual({
          name,
          code: 422,
          message: expect.stringContaining(expectedError) as string,
        })
      }
    }
  })

  it('of a status: take reasons that are sentences, as the original writes them', async () => {
    for (const kind of ['Config', 'ImagePruner']) {
      const { code, body } = await told(kind, { ...reported, conditions: [condition({})] })
      expect(code).toBe(200)
      expect(body).toMatchObject({ status: { conditions: [{ reason: 'Storage Exists' }] } })
    }
  })

  it('of a status: ask for where images are kept', async () => {
    const { code, body } = await told('Config', { storage: null, storageManaged: null })
    expect(code).toBe(422)
    expect(body).toMatchObject({ message: expect.stringContaining('status.storage') as string })
  })

  it.each([
    ['conditions', [condition({ status: 'Maybe' })]],
    ['conditions', [condition({ type: 'no type' })]],
    ['conditions', [condition({ lastTransitionTime: 'yesterday' })]],
    ['conditions', [condition({ lastTransitionTime: null })]],
    ['conditions', [condition({}), condition({})]],
    ['generations', [generation('a'), generation('a')]],
    ['generations', [{ ...generation('a'), name: null }]],
  ])('of a status: refuse %s %j', async (field, list) => {
    const { code, body } = await told('Config', { ...reported, [field]: list })
    expect(code).toBe(422)
    expect(body).toMatchObject({ message: expect.stringContaining(`status.${field}[`) as string })
  })

  it('of a status: let the revision only increase', async () => {
    const revised = async (latestAvailableRevision: number): Promise<number> =>
      (await told('Config', { ...reported, latestAvailableRevision })).code
    expect(await revised(2)).toBe(200)
    expect(await revised(1)).toBe(422)
    expect(await revised(3)).toBe(200)
  })
})
