import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { freshRegistry, onNode } from '../../guides/fresh-registry'
import { programFolder } from '../../guides/guide-programs'
import { type RunningWorld, startKubernetesWorld } from '../../guides/running-world'
import { type ShellSession, startShell } from '../../guides/shell-session'

const root = join(import.meta.dirname, '../../..')

let world: RunningWorld
let folder: string
let shell: ShellSession

const newConfig = {
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  spec: { ...onNode, readOnly: true },
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-'))
  for (const name of ['packages', 'examples']) await symlink(join(root, name), join(folder, name))
  await writeFile(join(folder, 'new-config.yaml'), JSON.stringify(newConfig))
  world = await startKubernetesWorld()
  const kubectl = { kubectl: world.kubectlPath ?? '' }
  const env = {
    ...world.env,
    PATH: `${await programFolder(join(folder, 'bin'), kubectl)}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: folder,
    KUBECONFIG: world.kubeconfigPath,
  }
  shell = startShell({ cwd: folder, folder, env })
  await freshRegistry(world.client)
})

afterAll(async () => {
  await shell?.stop()
  await world?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** How it ends: 0 unless it is said, and what it prints. */
type Ending = Readonly<{ code?: number; says: string }>

const commands: ReadonlyArray<readonly [string, Ending]> = [
  ['alias iro=./packages/operator/dist/image-registry-operator.js', { says: '' }],
  ['iro render -f examples/snapshot.yaml', { says: 'kind: Deployment' }],
  ['iro plan -f examples/snapshot.yaml', { code: 2, says: 'update Deployment' }],
  ['iro plan', { says: 'Nothing to do' }],
  ['iro plan --config new-config.yaml', { code: 2, says: 'REGISTRY_STORAGE_MAINTENANCE_READONLY' }],
  ['iro status', { says: 'The registry is ready' }],
  ['iro observe > snapshot.yaml', { says: '' }],
  ['iro install | kubectl apply --server-side -f -', { says: 'serverside-applied' }],
  ['iro install --output-dir base', { says: '' }],
  ['iro uninstall', { says: 'What goes with the registry' }],
  ['iro install --permissions aws --bucket my-images', { says: 's3:' }],
]

const ended = async (command: string, { code = 0, says }: Ending): Promise<void> => {
  // The last line says how it ended; with -e the shell would only tell what did not end with 0.
  const { output, failure } = await shell.run(`set +e\n${command}\necho "ended with $?"\n`)
  expect(failure).toBeUndefined()
  expect(output).toContain(says)
  expect(output.trimEnd()).toMatch(new RegExp(`(^|\n)ended with ${code}$`))
}

describe('README.md, Use it', () => {
  it.each(commands)('%s', ended)

  it('writes a folder that kustomize takes', () =>
    ended('kubectl kustomize base', { says: 'kind: Deployment' }))
})
