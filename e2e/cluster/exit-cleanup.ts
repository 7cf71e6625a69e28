import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'

const children = new Set<ChildProcess>()
const folders = new Set<string>()

// An exit handler may not wait, so there is no time for SIGTERM here.
const cleanUp = (): void => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** Whoever listens too wants to end in their own way and will come to `exit`; else the signal ends us. */
const onSignal = (signal: NodeJS.Signals): void => {
  if (process.listenerCount(signal) > 1) return
  cleanUp()
  process.off(signal, onSignal)
  process.kill(process.pid, signal)
}

let installed = false

const install = (): void => {
  if (installed) return
  installed = true
  process.on('exit', cleanUp)
  // In front, because a listener made with `once` is no longer counted after it was called.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.prependListener(signal, onSignal)
  }
}

/** Has a child process killed should this one end first; returns how to call that off. */
export const killAtExit = (child: ChildProcess): (() => void) => {
  install()
  children.add(child)
  return () => {
    children.delete(child)
  }
}

/** Has a folder removed should this process end first; returns how to call that off. */
export const removeAtExit = (folder: string): (() => void) => {
  install()
  folders.add(folder)
  return () => {
    folders.delete(folder)
  }
}
