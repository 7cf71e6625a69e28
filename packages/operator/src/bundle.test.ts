import { execFile, spawn } from 'node:child_process'
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { startInMemoryApiServer } from '@image-registry-operator/apply/testing'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { cloudStorages } from './testing/cloud-storages'
import { kubeconfigFor } from './testing/kubeconfig-for'
import { configWith, openshiftObjects } from './testing/openshift-objects'
import { startRecordingProxy } from './testing/recording-proxy'
import { temporaryFolder } from './testing/temporary-folder'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')
const bundle = join(root, 'packages/operator/dist/image-registry-operator.js')
const clouds = join(root, 'packages/operator/dist/image-registry-operator-clouds')

// What the libraries for clouds call themselves, or their services.
const OF_CLOUDS: ReadonlyArray<string> = ['com.amazonaws', 'azsdk-js', 'google-auth-library']

/** What the program takes out of each file of the folder. */
const TAKEN: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ['aws-sdk-client-s3', ['S3']],
  ['aws-sdk-client-sts', ['STS']],
  ['azure-core-rest-pipeline', ['createDefaultHttpClient']],
  [
    'azure-identity',
    ['ClientAssertionCredential', 'ClientCertificateCredential', 'ClientSecretCredential'],
  ],
  [
    'azure-storage-blob',
    ['AnonymousCredential', 'BlobServiceClient', 'newPipeline', 'StorageSharedKeyCredential'],
  ],
  ['azure-arm-storage', ['StorageManagementClient']],
  ['azure-arm-network', ['NetworkManagementClient']],
  ['azure-arm-privatedns', ['PrivateDnsManagementClient']],
  ['google-cloud-storage', ['Storage']],
  ['peculiar-x509', ['X509Certificate', 'X509CertificateGenerator']],
  ['reflect-metadata', []],
  ['bcryptjs', ['hash']],
]

/** What would lead the libraries for clouds elsewhere, had they a look at it. */
const MISLEADING = {
  HTTPS_PROXY: 'http://127.0.0.1:9',
  AWS_PROFILE: 'another',
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: 'https://s3.invalid',
  AZURE_AUTHORITY_HOST: 'https://login.invalid',
  MSAL_FORCE_REGION: 'westus',
  AZURE_LOG_LEVEL: 'verbose',
  DEBUG: '*',
}

/** What the image says to Node. */
const imageOptions = async (): Promise<string> => {
  const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8')
  const [, options = ''] = /NODE_OPTIONS="([^"]*--permission[^"]*)"/.exec(dockerfile) ?? []
  expect(options).not.toBe('')
  return options
}

const NO_STORAGE = { storage: {}, objects: [], asks: '' }

beforeAll(async () => {
  await run(process.execPath, [join(root, 'scripts/bundle.mjs')])
}, 60_000)

describe('the bundle', () => {
  it('starts, and knows its version', async () => {
    const { version } = JSON.parse(
      await readFile(join(root, 'packages/operator/package.json'), 'utf8'),
    ) as { readonly version: string }
    expect(await run(bundle, ['--version'])).toEqual({ stdout: `${version}\n`, stderr: '' })
  })

  it.each([['{"type":"module"}'], ['{"type":"commonjs"}'], ['{}'], [undefined]])(
    'runs alone in any folder, beside the package.json %s, under any name',
    async (packageJson) => {
      const folder = await temporaryFolder(
        packageJson === undefined ? {} : { 'package.json': packageJson },
      )
      await mkdir(join(folder, 'bin'))
      const copy = join(folder, 'bin/operator.js')
      await copyFile(bundle, copy)
      await writeFile(join(folder, 'bin/empty.yaml'), '# nothing\n')
      // Every command that loads a library of its own.
      expect((await run(process.execPath, [copy, 'install'])).stdout).toContain('kind: Deployment')
      for (const args of [
        ['plan', '-f', join(folder, 'bin/empty.yaml')],
        ['observe', '--kubeconfig', join(folder, 'none')],
        ['run', '--image=a', '--kubeconfig', join(folder, 'none')],
      ])
        await expect(run(process.execPath, [copy, ...args])).rejects.toMatchObject({
          code: 1,
          stderr: expect.not.stringContaining('defect') as string,
        })
    },
    60_000,
  )

  it('has nothing in its main file that speaks with a cloud', async () => {
    const beside = await readdir(clouds)
    expect(beside.filter((name) => !name.startsWith('shared-')).sort()).toEqual(
      TAKEN.map(([name]) => `${name}.mjs`).sort(),
    )
    const texts = await Promise.all(beside.map((name) => readFile(join(clouds, name), 'utf8')))
    const main = await readFile(bundle, 'utf8')
    const isIn = (text: string) => OF_CLOUDS.map((word) => text.includes(word))
    expect(isIn(texts.join(''))).toEqual(OF_CLOUDS.map(() => true))
    expect(isIn(main)).toEqual(OF_CLOUDS.map(() => false))
  })

  it.each(TAKEN)('has %s beside it, which needs nothing else', async (name, taken) => {
    const folder = await temporaryFolder({ 'package.json': '{"type":"commonjs"}' })
    await cp(clouds, folder, { recursive: true })
    const url = pathToFileURL(join(folder, `${name}.mjs`)).href
    // What issues certificates asks for it, and the others do without.
    const first = pathToFileURL(join(folder, 'reflect-metadata.mjs')).href
    const kinds = `import(${JSON.stringify(first)}).then(() => import(${JSON.stringify(url)})).then((all) => console.log(${JSON.stringify(taken)}.map((one) => typeof all[one]).join()))`
    const { stdout } = await run(process.execPath, ['-e', kinds], { cwd: folder })
    expect(stdout).toBe(`${taken.map(() => 'function').join()}\n`)
  })

  it.each(cloudStorages('').map(({ name }) => name))(
    'asks the cloud, from any folder and through the proxy: %s',
    async (name) => {
      const folder = await temporaryFolder({ token: 'of nobody', 'package.json': '{}' })
      await cp(join(bundle, '..'), folder, { recursive: true })
      const proxy = await startRecordingProxy()
      const { storage, objects, asks } =
        cloudStorages(join(folder, 'token')).find((one) => one.name === name) ?? NO_STORAGE
      const server = await startInMemoryApiServer({ objects: await openshiftObjects() })
      onTestFinished(server.close)
      const config = { managementState: 'Managed', replicas: 1, storage }
      const written = [configWith({ ...config, proxy: { https: proxy.url } }), ...objects]
      expect(written.map((object) => server.load(object))).toEqual(written.map(() => undefined))
      const kubeconfig = await kubeconfigFor(server)
      const args = ['plan', '--image=a', '--kubeconfig', kubeconfig]
      const program = join(folder, 'image-registry-operator.js')
      const env = { ...process.env, ...MISLEADING }
      const { stderr } = await run(program, args, { env }).catch(
        (ended: { readonly stderr: string }) => ended,
      )
      expect({ asked: [...new Set(proxy.asked())], stderr }).toEqual({
        asked: [asks],
        stderr: expect.not.stringMatching(/defect|MODULE_NOT_FOUND|azure:/) as string,
      })
    },
    60_000,
  )

  it("writes certificates to a node under the settings of the image's Node", async () => {
    const folder = await temporaryFolder({ 'from/reg.example..5000': 'a certificate' })
    const written = join(folder, 'to/reg.example:5000/ca.crt')
    const node = spawn(
      process.execPath,
      [
        ...[bundle, 'node-ca-sync', '--source', join(folder, 'from')],
        ...['--destination', join(folder, 'to')],
      ],
      { env: { NODE_OPTIONS: await imageOptions() }, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    onTestFinished(() => void node.kill('SIGKILL'))
    const ended = new Promise((resolve) => node.on('close', resolve))
    const said = text(node.stderr)
    await expect.poll(() => readFile(written, 'utf8').catch(() => '')).toBe('a certificate')
    node.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(await said).toContain('copied: 001 skipped: 000 trimmed: 000')
  })

  it('comes with the licences of everything in it', async () => {
    const text = await readFile(`${bundle}.LEGAL.txt`, 'utf8')
    for (const name of [
      ...['fp-ts', 'io-ts', 'yaml', 'commander', '@kubernetes/client-node'],
      ...['@aws-sdk/client-s3', '@smithy/core', '@azure/identity', '@google-cloud/storage'],
    ])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'))
  })

  it('comes with a bill of what is in it, with the digests that the lock file holds', async () => {
    type Bill = {
      readonly components: ReadonlyArray<{
        readonly name: string
        readonly purl: string
        readonly hashes?: ReadonlyArray<unknown>
      }>
    }
    const bill = JSON.parse(await readFile(`${bundle}.cdx.json`, 'utf8')) as Bill
    const [node, ...libraries] = bill.components
    expect(node?.purl).toBe(`pkg:generic/node@${process.versions.node}`)
    const legal = await readFile(`${bundle}.LEGAL.txt`, 'utf8')
    const licensed = legal.split(/^-{80}$/m).map((text) => /^\S+/.exec(text.trim())?.[0])
    expect([...new Set(libraries.map(({ name }) => name))]).toEqual([...new Set(licensed)].sort())
    expect(libraries.filter(({ hashes }) => hashes?.length !== 1)).toEqual([])
  })
})
