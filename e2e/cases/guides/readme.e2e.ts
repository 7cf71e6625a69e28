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
    PATH: `${join(folder, '.local/bin')}${delimiter}${await programFolder(join(folder, 'bin'), kubectl)}${delimiter}${process.env['PATH'] ?? ''}`,
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
  [
    'mkdir -p ~/.local/bin && ln -sf "$PWD/packages/operator/dist/image-registry-operator.js" ~/.local/bin/image-registry-operator',
    { says: '' },
  ],
  ['image-registry-operator render -f examples/snapshot.yaml', { says: 'kind: Deployment' }],
  [
    'image-registry-operator plan -f examples/snapshot.yaml',
    { code: 2, says: 'update Deployment' },
  ],
  ['image-registry-operator plan', { says: 'Nothing to do' }],
  [
    'image-registry-operator plan --config new-config.yaml',
    { code: 2, says: 'REGISTRY_STORAGE_MAINTENANCE_READONLY' },
  ],
  ['image-registry-operator status', { says: 'The registry is ready' }],
  ['image-registry-operator observe > snapshot.yaml', { says: '' }],
  [
    'image-registry-operator install | kubectl apply --server-side -f -',
    { says: 'serverside-applied' },
  ],
  ['image-registry-operator install --output-dir base', { says: '' }],
  ['image-registry-operator uninstall', { says: 'What goes with the registry' }],
  ['image-registry-operator install --permissions aws --bucket my-images', { says: 's3:' }],
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
