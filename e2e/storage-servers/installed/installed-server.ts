import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { removeAtExit } from '../../cluster/exit-cleanup'
import { freePorts } from '../../cluster/free-ports'
import { type ServerProcess, serverProcess } from '../../cluster/server-process'
import { type Command, tiedCommand } from './tied-command'

/** Where a server is to listen, and the folder that is its own. */
export type Place = Readonly<{ port: number; folder: string }>

/** How a server is started once its place is known. */
export type ServerStart = Command &
  Readonly<{
    /** All of its environment; that of this process if not given. */
    environment?: NodeJS.ProcessEnv
    isReady: () => Promise<boolean>
  }>

/** A server on 127.0.0.1 with a folder that ends with it. */
export type InstalledServer = Place &
  Readonly<{
    logPath: string
    /** Its process, which can also be killed, frozen and restarted in its place. */
    server: ServerProcess
    /** Ends it and removes its folder; to call it again does nothing. */
    stop: () => Promise<void>
  }>

/** Programs that panic say why first, and then where, at length. */
const beginning = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').slice(0, 20).join('\n')
}

/**
 * Starts a server on a free port of 127.0.0.1, with a new temporary folder for its data and its log.
 *
 * Guarantees: if it cannot be started, nothing of it is left; if this process ends without `stop`, it ends too.
 */
export const startInstalledServer = async (
  name: string,
  startIn: (place: Place) => Promise<ServerStart> | ServerStart,
): Promise<InstalledServer> => {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`))
  const forgetFolder = removeAtExit(folder)
  const removeFolder = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    forgetFolder()
  }
  try {
    const [port = 0] = await freePorts(1)
    const logPath = join(folder, 'log')
    const { environment, isReady, ...command } = await startIn({ port, folder })
    const { program, args } = tiedCommand(command)
    const server = serverProcess({
      name,
      path: () => program,
      args,
      ...(environment === undefined ? {} : { environment }),
      logPath,
      isReady,
    })
    const stop = async (): Promise<void> => {
      await server.stop()
      await removeFolder()
    }
    await server.start().catch(async (error: unknown) => {
      await server.stop()
      throw new Error(`${String(error)}\nIts log begins with:\n${await beginning(logPath)}`)
    })
    return { port, folder, logPath, server, stop }
  } catch (error) {
    await removeFolder()
    throw error
  }
}
