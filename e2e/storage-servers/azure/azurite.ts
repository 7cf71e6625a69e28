import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { certificateAuthority, certificateFrom } from '../../cluster/certificates'
import { removeAtExit } from '../../cluster/exit-cleanup'
import { freePorts } from '../../cluster/free-ports'
import { serverProcess, type ServerProcess } from '../../cluster/server-process'
import { isListening } from '../front/is-listening'
import type { Upstream } from '../front/upstream'
import { tiedCommand } from '../installed/tied-command'

/** Names of storage accounts, and the key of each. */
export type AccountKeys = Readonly<Record<string, string>>

/** Azurite's blob server on loopback, with TLS: without it, it takes no tokens. */
export type Azurite = Readonly<{
  /** To be asked under `<account>.blob.core.windows.net`. */
  upstream: Upstream
  /** Has it know these accounts, from the next request on, and no others. */
  setAccounts: (keys: AccountKeys) => Promise<void>
  server: ServerProcess
  stop: () => Promise<void>
}>

const serverName = 'azurite.test'

const writeCertificate = async (folder: string): Promise<string> => {
  const authority = await certificateAuthority('azurite')
  const certificate = await certificateFrom(authority, {
    commonName: serverName,
    hosts: [serverName],
  })
  await writeFile(join(folder, 'tls.crt'), certificate.certificate)
  await writeFile(join(folder, 'tls.key'), certificate.privateKey, { mode: 0o600 })
  return authority.certificate
}

const argumentsIn = (folder: string, port: number): ReadonlyArray<string> => [
  join(import.meta.dirname, 'azurite-with-accounts.cjs'),
  join(folder, 'accounts.json'),
  ...['--blobHost', '127.0.0.1', '--blobPort', `${port}`, '--inMemoryPersistence'],
  ...['--disableTelemetry', '--silent', '--oauth', 'basic'],
  // Clients are newer than Azurite, and say so.
  '--skipApiVersionCheck',
  ...['--cert', join(folder, 'tls.crt'), '--key', join(folder, 'tls.key')],
]

/** In one step: Azurite may be reading. */
const writeAccounts = async (folder: string, keys: AccountKeys): Promise<void> => {
  const next = join(folder, 'accounts.next.json')
  await writeFile(next, JSON.stringify(keys), { mode: 0o600 })
  await rename(next, join(folder, 'accounts.json'))
}

/** Starts it, with no accounts. */
export const startAzurite = async (): Promise<Azurite> => {
  const folder = await mkdtemp(join(tmpdir(), 'azurite-'))
  const forgetFolder = removeAtExit(folder)
  const [port = 0] = await freePorts(1)
  const authority = await writeCertificate(folder)
  await writeAccounts(folder, {})
  const { program, args } = tiedCommand({
    program: process.execPath,
    args: argumentsIn(folder, port),
  })
  const server = serverProcess({
    name: 'azurite',
    path: () => program,
    args,
    logPath: join(folder, 'azurite.log'),
    isReady: () => isListening(port),
  })
  await server.start()
  // One after the other: all of them write the same file first.
  let written = Promise.resolve()
  return {
    upstream: { port, tls: { authority, name: serverName } },
    setAccounts: (keys) => {
      written = written.then(() => writeAccounts(folder, keys))
      return written
    },
    server,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
      forgetFolder()
    },
  }
}
