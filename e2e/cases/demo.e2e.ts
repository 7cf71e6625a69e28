import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { demoArguments } from '../demo/demo-arguments'
import { demoPlace } from '../demo/demo-place'
import { type CommandResult, runProgram } from '../harness/bundle'
import { missingNodePrerequisites } from '../node/prerequisites'

const root = join(import.meta.dirname, '../..')

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-e2e-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

const program = [
  process.execPath,
  join(root, 'node_modules/tsx/dist/cli.mjs'),
  join(root, 'e2e/demo/demo.ts'),
]

/** The demo as `pnpm demo` starts it, on the API server in memory. */
const demo = (...args: ReadonlyArray<string>): Promise<CommandResult> =>
  runProgram([...program, '--embedded', ...args])

const config = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const configWith = (spec: string): string => `
apiVersion: imageregistry.operator.openshift.io/v1
kind: Config
metadata: { name: cluster }
spec: { managementState: Managed, ${spec} }
`

/** The objects of which it says that they appeared. */
const made = (stdout: string): ReadonlyArray<string> =>
  [...stdout.matchAll(/\d s {2}\+ (.+)\n/g)].map(([, name = '']) => name)

describe('the demo', () => {
  it('shows the sample converge, reports what of it is of the past, and leaves nothing', async () => {
    const { code, stdout, stderr } = await demo()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('no Kubernetes is running')
    for (const field of ['metadata.selfLink', 'metadata.resourceVersion', 'status'])
      expect(stdout).toMatch(new RegExp(`! .*${field}: `))
    expect(stdout).toMatch(/\d s {2}\+ Deployment openshift-image-registry\/image-registry\n/)
    expect(stdout).toMatch(/~ Available +False +NoReplicasAvailable[^]*~ Available +True +Ready/)
    expect(stdout).toContain('~ ClusterOperator image-registry: Available True')
    const [, writes, reads] =
      /Done +20 objects made in [\d.]+ s, with \d+ API requests: (\d+) writes, 33 watches and (\d+) other reads\n/.exec(
        stdout,
      ) ?? []
    expect(Number(writes)).toBeLessThanOrEqual(40)
    expect(reads).toBe('2')
    expect(made(stdout)).toHaveLength(20)
    expect(new Set(made(stdout)).size).toBe(20)
    expect(stdout.trimEnd()).toMatch(/Stopped +nothing is left running$/)
  })

  it("takes anyone's own Config", async () => {
    const path = await config('own.yaml', configWith('replicas: 2, storage: { emptyDir: {} }'))
    const { code, stdout } = await demo(path)
    expect(code).toBe(0)
    expect(stdout).toContain('2 of 2 pods available')
  })

  it.each([
    { what: 'is not there', name: 'nowhere.yaml', says: 'there is no such file' },
    { what: 'is no YAML', name: 'bad.yaml', content: 'a: [1\nb: 2\n', says: 'at line 2, column 1' },
    { what: 'holds no Config', name: 'other.yaml', content: 'kind: Secret', says: 'holds 0' },
  ])('refuses with one line a file that $what', async ({ name, content, says }) => {
    const path = content === undefined ? join(folder, name) : await config(name, content)
    const { code, stdout, stderr } = await demo(path)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^demo: [^\n]+\n$/)
    expect(stderr).toContain(says)
  })

  it('says what is wrong with a Config that cannot be used', async () => {
    const { code, stdout, stderr } = await demo(
      await config('negative.yaml', configWith('replicas: -1, storage: { emptyDir: {} }')),
    )
    expect(code).toBe(1)
    expect(stdout).toContain('spec.replicas')
    expect(stderr).toBe('demo: The Config cannot be used; see above.\n')
  })

  it('says why there is no real node, and shows the facts of OpenShift on simulated ones', async () => {
    // What takes root takes tools of the system as well: none of them is there.
    const { code, stdout } = await runProgram(program, { env: { PATH: folder } })
    expect(code).toBe(0)
    expect(stdout).toContain('! No `mount` on PATH')
    expect(stdout).toContain('nodes are simulated, no pod runs and no image is pushed')
    expect(stdout).toMatch(/Cluster +etcd, .* on loopback with 2 simulated nodes/)
    expect(stdout).toContain('~ ClusterOperator image-registry: Available True')
    expect(stdout).not.toContain('push demo/')
  })

  it.each([
    { args: ['--embedded'], cluster: 'embedded' },
    { args: ['--openshift'], cluster: 'simulated' },
    { args: ['--openshift', '--embedded'], cluster: 'embedded' },
    { args: ['--kubeconfig', 'mine'], cluster: 'given' },
    { args: [], cluster: missingNodePrerequisites().length === 0 ? 'node' : 'simulated' },
  ])('takes place on the $cluster cluster for $args', ({ args, cluster }) => {
    expect(demoPlace(demoArguments(args)).cluster).toBe(cluster)
  })
})
