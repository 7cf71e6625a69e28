import { mkdir, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { get as getOverTls } from 'node:https'
import { join } from 'node:path'

import { certificateAuthority, certificateFrom } from '../../cluster/certificates'
import { goProgram } from '../installed/go-program'
import { type Place, startInstalledServer } from '../installed/installed-server'
import type { S3Server } from './s3-server'

// The project has no release tags that Go understands; this is the latest version there will be.
const SOURCE = 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c'
const ROOT = { accessKey: 'minio-root', secretKey: 'minio-root-secret' }
const REGION = 'us-east-1'
/** Anything of 32 bytes: what is encrypted with it is gone with the server. */
const KMS_KEY = `test-key:${Buffer.alloc(32, 7).toString('base64')}`

export type MinioOptions = Readonly<{
  /** Whether it can encrypt, with a key of its own; without, every request to do so is refused. */
  kms?: boolean
  /** Whether it speaks TLS, with a certificate of an authority that nobody knows. */
  tls?: boolean
  /** The domain under which buckets have host names, as in `bucket.s3.example.com`. */
  domain?: string
}>

const statusOf = (url: string, ca: string | undefined): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const request = ca === undefined ? get(url) : getOverTls(url, { ca })
    request.on('error', reject)
    request.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
  })

/** Writes a certificate where MinIO looks for one; returns the authority behind it. */
const writeCertificate = async (folder: string): Promise<string> => {
  const authority = await certificateAuthority('authority of the object storage')
  const { certificate, privateKey } = await certificateFrom(authority, {
    commonName: 'minio',
    hosts: ['127.0.0.1', 'localhost'],
  })
  await writeFile(join(folder, 'public.crt'), certificate)
  await writeFile(join(folder, 'private.key'), privateKey, { mode: 0o600 })
  return authority.certificate
}

const environmentOf = ({ kms = false, domain }: MinioOptions): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  MINIO_ROOT_USER: ROOT.accessKey,
  MINIO_ROOT_PASSWORD: ROOT.secretKey,
  MINIO_REGION: REGION,
  MINIO_BROWSER: 'off',
  MINIO_UPDATE: 'off',
  ...(kms ? { MINIO_KMS_SECRET_KEY: KMS_KEY } : {}),
  ...(domain === undefined ? {} : { MINIO_DOMAIN: domain }),
})

const argumentsIn = ({ port, folder }: Place): ReadonlyArray<string> => [
  'server',
  '--quiet',
  ...['--address', `127.0.0.1:${port}`],
  ...['--certs-dir', join(folder, 'certificates')],
  join(folder, 'data'),
]

/** The path of MinIO, which is compiled if this machine does not have it yet. */
export const minioProgram = (): Promise<string> => goProgram({ name: 'minio', source: SOURCE })

/** Starts MinIO. */
export const startMinio = async (options: MinioOptions = {}): Promise<S3Server> => {
  const program = await minioProgram()
  const scheme = options.tls === true ? 'https' : 'http'
  let authorities: string | undefined
  const started = await startInstalledServer('minio', async (place) => {
    for (const name of ['certificates', 'data'])
      await mkdir(join(place.folder, name), { recursive: true })
    if (options.tls === true)
      authorities = await writeCertificate(join(place.folder, 'certificates'))
    const health = `${scheme}://127.0.0.1:${place.port}/minio/health/ready`
    return {
      program,
      args: argumentsIn(place),
      environment: environmentOf(options),
      isReady: async () => (await statusOf(health, authorities)) === 200,
    }
  })
  const endpoint = `${scheme}://127.0.0.1:${started.port}`
  return { ...started, ...ROOT, endpoint, region: REGION, authorities }
}
