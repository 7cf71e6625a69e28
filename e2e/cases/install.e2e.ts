import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Answer, type ClusterClient, clusterClient } from '../cluster/cluster-client'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane'
import { loadManifests, openshiftFacts } from '../cluster/load-manifests'
import { untilObject } from '../cluster/until-object'
import { type CommandResult, runCommand } from '../harness/bundle'
import { printedByInstall } from '../harness/installed-objects'
import { kubectl } from '../harness/kubectl'
import { releaseEnv } from '../harness/operator-process'
import { configPath } from '../harness/registry-objects'
import { onEmptyDir } from '../harness/sample-specs'

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const configs = configPath.replace(/\/cluster$/, '')

/** The one thing that a server has to say: nodes of OpenShift have the old label too, and the original selects them by it. */
const oldLabelWarning =
  'Warning: spec.template.spec.nodeSelector[node-role.kubernetes.io/master]: use "node-role.kubernetes.io/control-plane" instead\n'

type Condition = Readonly<{ type: string; status: string; message: string }>

let controlPlane: ControlPlane
let client: ClusterClient

/** `install --platform openshift | kubectl apply --server-side -f -` */
const install = async (): Promise<CommandResult> => {
  const printed = await runCommand(['install', '--platform', 'openshift'], releaseEnv)
  expect(printed).toMatchObject({ code: 0, stderr: '' })
  const args = ['apply', '--server-side', '--validate=strict', '-f', '-']
  return kubectl(controlPlane, args, printed.stdout)
}

beforeAll(async () => {
  controlPlane = await startControlPlane({ controllers: false, auditLog: false })
  client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
  await loadManifests(controlPlane, openshiftFacts)
})

afterAll(async () => {
  client?.close()
  await controlPlane?.stop()
})

/** What the API server says to a Config, which is not kept. */
const tried = (spec: unknown, query = ''): Promise<Answer> =>
  client.request('POST', `${configs}?dryRun=All${query}`, {
    apiVersion: 'imageregistry.operator.openshift.io/v1',
    kind: 'Config',
    metadata: { name: 'cluster' },
    spec,
  })

const refused = async (spec: unknown, query = ''): Promise<string> => {
  const { code, body } = await tried(spec, query)
  expect([400, 422]).toContain(code)
  return (body as Readonly<{ message: string }>).message
}

describe('what install prints', () => {
  it('is accepted by kubectl and a real API server, and changes nothing the second time', async () => {
    const printed = await printedByInstall()
    const { code, stdout, stderr } = await install()
    expect({ code, stderr }).toEqual({ code: 0, stderr: oldLabelWarning })
    expect(stdout.trim().split('\n')).toHaveLength(printed.length)
    const versions = async (): Promise<ReadonlyArray<unknown>> =>
      (await client.list('/apis/rbac.authorization.k8s.io/v1/clusterroles'))
        .filter(({ metadata }) => metadata.name === 'cluster-image-registry-operator')
        .map(({ metadata }) => metadata['resourceVersion'])
    const before = await versions()
    expect(before).toHaveLength(1)
    expect(await install()).toMatchObject({ code: 0, stderr: '' })
    expect(await versions()).toEqual(before)
  })

  it.each([
    ['hosted clusters', ['--profile', 'hypershift']],
    ['plain Kubernetes', ['--platform', 'kubernetes', '--monitoring']],
  ] as const)('is accepted for %s as well', async (_, options) => {
    const printed = await runCommand(['install', ...options], releaseEnv)
    const args = ['apply', '--server-side', '--validate=strict', '--dry-run=server', '-f', '-']
    const applied = await kubectl(controlPlane, args, printed.stdout)
    expect(applied).toMatchObject({ code: 0, stderr: '' })
  })

  it.each(['configs', 'imagepruners'])(
    'has a structural definition of %s, which is served',
    async (plural) => {
      const path = `${definitions}/${plural}.imageregistry.operator.openshift.io`
      const definition = await untilObject(client, path, ({ status }) =>
        JSON.stringify(status ?? '').includes('"Established"'),
      )
      const { conditions } = definition['status'] as Readonly<{
        conditions: ReadonlyArray<Condition>
      }>
      const isTrue = ({ status }: Condition): boolean => status === 'True'
      expect(conditions.filter(isTrue).map(({ type }) => type)).toEqual(
        expect.arrayContaining(['NamesAccepted', 'Established']),
      )
      // NonStructuralSchema and the like are only there when something is wrong.
      expect(conditions.map(({ type }) => type).sort()).toEqual(['Established', 'NamesAccepted'])
    },
  )
})

describe('the definition of a Config', () => {
  it('sets defaults', async () => {
    const { code, body } = await tried(onEmptyDir)
    expect(code).toBe(201)
    expect(body).toMatchObject({ spec: { ...onEmptyDir, logLevel: 'Normal' } })
  })

  it('drops fields that it does not know, or names them when asked to be strict', async () => {
    const misspelt = { ...onEmptyDir, replicsa: 3 }
    expect((await tried(misspelt)).body).toMatchObject({ spec: onEmptyDir })
    expect(JSON.stringify((await tried(misspelt)).body)).not.toContain('replicsa')
    expect(await refused(misspelt, '&fieldValidation=Strict')).toContain('spec.replicsa')
  })

  it('refuses words that mean nothing', async () => {
    expect(await refused({ ...onEmptyDir, logLevel: 'Loud' })).toContain('spec.logLevel')
  })

  it('refuses by its rules what no single field can', async () => {
    const azure = { container: 'c', networkAccess: { type: 'External', internal: {} } }
    expect(await refused({ ...onEmptyDir, storage: { azure } })).toContain(
      'internal is forbidden when type is not Internal',
    )
    const oss = { encryption: { method: 'KMS' } }
    expect(await refused({ ...onEmptyDir, storage: { oss } })).toContain(
      'kms is required when method is KMS, and forbidden otherwise',
    )
  })

  it('has a status of its own, and a rule for it', async () => {
    const config = {
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'Config',
      metadata: { name: 'cluster' },
      spec: onEmptyDir,
      status: { readyReplicas: 7 },
    }
    const made = await client.send('POST', configs, config)
    expect(made['status']).toBeUndefined()
    const setRevision = (latestAvailableRevision: number): Promise<Answer> =>
      client.request(
        'PATCH',
        `${configPath}/status`,
        { status: { latestAvailableRevision, storage: {}, storageManaged: false } },
        'application/merge-patch+json',
      )
    expect((await setRevision(2)).code).toBe(200)
    const { code, body } = await setRevision(1)
    expect(code).toBe(422)
    expect(JSON.stringify(body)).toContain('must only increase')
  })

  it('shows in a table how the registry fares', async () => {
    const { stdout } = await kubectl(controlPlane, ['get', 'configs.imageregistry', '-o', 'wide'])
    const [titles = '', row = ''] = stdout.split('\n')
    expect(
      titles
        .split(/\s{2,}/)
        .join(' ')
        .trim(),
    ).toBe('NAME STATE REPLICAS RUNNING READY REASON CLAIM MESSAGE AGE')
    expect(row).toMatch(/^cluster +Managed +2 /)
  })
})
