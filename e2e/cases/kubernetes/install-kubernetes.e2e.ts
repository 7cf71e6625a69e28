import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type ClusterClient, clusterClient, type KubeObject } from '../../cluster/cluster-client'
import { type ControlPlane, startControlPlane } from '../../cluster/control-plane'
import { loadManifests, manifestsIn } from '../../cluster/load-manifests'
import { bundlePath, type CommandResult, runCommand, runProgram } from '../../harness/bundle'
import { eventually } from '../../harness/eventually'
import { kubectl } from '../../harness/kubectl'
import { OPERATOR_GROUPS, OPERATOR_USER } from '../../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../../harness/operator-process'
import { configPath } from '../../harness/registry-objects'

const NAMESPACE = 'openshift-image-registry'
const namespaced = (api: string, kind: string): string => `${api}/namespaces/${NAMESPACE}/${kind}`
const monitorsPath = namespaced('/apis/monitoring.coreos.com/v1', 'servicemonitors')
const rulesPath = namespaced('/apis/monitoring.coreos.com/v1', 'prometheusrules')
const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

/** Images that this environment names would be somebody's wish. */
const nothingSaid = { IMAGE: '', OPERATOR_IMAGE: '', REGISTRY_BUILD: '', RELEASE_VERSION: '' }

/** A kind that the Prometheus operator reads; groups of rules are told apart by their names, as its own definition has it. */
const definition = (kind: string, plural: string): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.monitoring.coreos.com` },
  spec: {
    group: 'monitoring.coreos.com',
    names: { kind, plural, listKind: `${kind}List`, singular: kind.toLowerCase() },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                'x-kubernetes-preserve-unknown-fields': true,
                properties: {
                  groups: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    items: {
                      type: 'object',
                      'x-kubernetes-preserve-unknown-fields': true,
                      required: ['name'],
                      properties: { name: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
})

let controlPlane: ControlPlane
let client: ClusterClient
let operator: OperatorProcess | undefined
let folder: string

const install = (...args: ReadonlyArray<string>): Promise<CommandResult> =>
  runCommand(['install', ...args], nothingSaid)

const apply = (manifests: string, ...args: ReadonlyArray<string>): Promise<CommandResult> =>
  kubectl(
    controlPlane,
    ['apply', '--server-side', '--validate=strict', ...args, '-f', '-'],
    manifests,
  )

const namesAt = async (path: string): Promise<ReadonlyArray<string>> =>
  (await client.list(path)).map(({ metadata }) => metadata.name).sort()

/** A folder with the two programs that people have in their PATH. */
const programs = async (): Promise<string> => {
  const bin = join(folder, 'bin')
  await mkdir(bin, { recursive: true })
  await symlink(controlPlane.kubectlPath ?? '', join(bin, 'kubectl'))
  const own = join(bin, 'image-registry-operator')
  await writeFile(own, `#!/bin/sh\nexec '${process.execPath}' '${bundlePath}' "$@"\n`)
  await chmod(own, 0o755)
  return bin
}

const inShell = async (bin: string, command: string): Promise<CommandResult> =>
  runProgram(['sh', '-ec', command], {
    env: {
      PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
      KUBECONFIG: controlPlane.kubeconfigPath,
    },
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'install-kubernetes-'))
  controlPlane = await startControlPlane({ auditLog: false })
  client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
  await loadManifests(
    controlPlane,
    `${[
      definition('ServiceMonitor', 'servicemonitors'),
      definition('PrometheusRule', 'prometheusrules'),
    ]
      .map((object) => JSON.stringify(object))
      .join('\n---\n')}\n`,
  )
})

afterAll(async () => {
  await operator?.stop()
  client?.close()
  await controlPlane?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('on plain Kubernetes', () => {
  it('install needs no option, and what it prints is accepted without a warning', async () => {
    const { code, stdout } = await install()
    expect(code).toBe(0)
    // The namespace warns of what is not restricted, the operator's own Deployment included.
    expect(await apply(stdout)).toMatchObject({ code: 0, stderr: '' })
    expect(await apply(stdout, '--dry-run=server')).toMatchObject({ code: 0, stderr: '' })
    const monitored = await install('--monitoring')
    expect(await apply(monitored.stdout, '--dry-run=server')).toMatchObject({ code: 0, stderr: '' })
  })

  it('the namespace lets in no pod that may do more than it has to', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'curious', namespace: NAMESPACE },
      spec: {
        serviceAccountName: 'cluster-image-registry-operator',
        containers: [{ name: 'a', image: 'a', securityContext: { privileged: true } }],
      },
    }
    const { code, stderr } = await apply(JSON.stringify(pod))
    expect(code).not.toBe(0)
    expect(stderr).toContain('violates PodSecurity "restricted')
  })

  it('kustomize takes the folder that install writes', async () => {
    const base = join(folder, 'base')
    expect((await install('--output-dir', base)).code).toBe(0)
    const built = await kubectl(controlPlane, ['kustomize', base])
    expect(built).toMatchObject({ code: 0, stderr: '' })
    const identity = ({ kind, metadata }: KubeObject): string =>
      `${kind} ${metadata.namespace ?? ''}/${metadata.name}`
    expect(manifestsIn(built.stdout).map(identity).sort()).toEqual(
      manifestsIn((await install()).stdout)
        .map(identity)
        .sort(),
    )
  })

  it('the operator tells Prometheus where to ask, with the rights that install gave it, and then rests', async () => {
    await client.send('POST', configPath.replace(/\/cluster$/, ''), {
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'Config',
      metadata: { name: 'cluster' },
      spec: { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } },
    })
    operator = await startOperator({
      kubeconfigPath: await controlPlane.kubeconfigFor(OPERATOR_USER, OPERATOR_GROUPS),
    })
    await eventually('there is a Deployment', async () =>
      (await namesAt(namespaced('/apis/apps/v1', 'deployments'))).find(
        (name) => name === 'image-registry',
      ),
    )
    expect(await eventually('there are alerts', async () => (await namesAt(rulesPath))[0])).toBe(
      'image-registry-operator-alerts',
    )
    expect(await namesAt(monitorsPath)).toEqual(['image-registry', 'image-registry-operator'])
    const plan = await runCommand(['plan', '--kubeconfig', controlPlane.kubeconfigPath])
    expect(plan.stdout).not.toContain('monitoring.coreos.com')
    expect(plan.stdout).not.toMatch(/ServiceMonitor|PrometheusRule|image-registry-metrics/)
  })

  it('uninstall says commands that leave nothing but what is not ours', async () => {
    await client.send('POST', namespaced('/api/v1', 'secrets'), {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'precious', namespace: NAMESPACE },
    })
    const said = await runCommand([
      ...['uninstall', '-o', 'json', '--kubeconfig', controlPlane.kubeconfigPath],
    ])
    expect(said).toMatchObject({ code: 0, stderr: '' })
    const { goes, stays, steps } = JSON.parse(said.stdout) as Readonly<
      Record<'goes' | 'stays', ReadonlyArray<Readonly<{ what: string }>>> & {
        steps: ReadonlyArray<Readonly<{ command: string }>>
      }
    >
    const whats = (fates: typeof goes): ReadonlyArray<string> => fates.map(({ what }) => what)
    expect(whats(goes)).toContain(`Deployment ${NAMESPACE}/image-registry`)
    expect(whats(stays)).toContain(`Secret ${NAMESPACE}/precious`)
    const bin = await programs()
    for (const { command } of steps) {
      // Its Deployment has no pod here that runs: it is this process that ends with it.
      if (command.startsWith('kubectl delete deployment')) await operator?.stop()
      expect(await inShell(bin, command)).toMatchObject({ code: 0 })
    }
    expect(await namesAt(namespaced('/api/v1', 'secrets'))).toEqual(['precious'])
    expect(await namesAt(definitionsPath)).toEqual([
      'prometheusrules.monitoring.coreos.com',
      'servicemonitors.monitoring.coreos.com',
    ])
    const others = await Promise.all(
      [
        monitorsPath,
        rulesPath,
        namespaced('/api/v1', 'services'),
        namespaced('/apis/apps/v1', 'deployments'),
        namespaced('/apis/batch/v1', 'cronjobs'),
        namespaced('/apis/coordination.k8s.io/v1', 'leases'),
        namespaced('/apis/rbac.authorization.k8s.io/v1', 'roles'),
      ].map(namesAt),
    )
    expect(others.flat()).toEqual([])
    expect(
      (await namesAt('/apis/rbac.authorization.k8s.io/v1/clusterroles')).filter((name) =>
        name.includes('registry'),
      ),
    ).toEqual([])
  })
})
