import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

import { killAtExit } from '../cluster/exit-cleanup'
import { freePorts } from '../cluster/free-ports'
import { bundlePath } from './bundle'
import { refuseToldSecrets } from './told-secrets'

export type OperatorOptions = Readonly<{
  kubeconfigPath: string
  env?: Readonly<Record<string, string>>
  args?: ReadonlyArray<string>
}>

/** A running operator, as its own process. */
export type OperatorProcess = Readonly<{
  pid: number
  /** What it wrote so far, a line an entry. */
  log: () => ReadonlyArray<string>
  /** Its exit code, once it has ended; null when a signal ended it. */
  exited: Promise<number | null>
  /** Asks it to end (SIGTERM), waits for it, and throws if it has told anybody a value of a Secret. */
  stop: () => Promise<number | null>
  /** Ends it at once (SIGKILL). */
  kill: () => Promise<void>
  /** The text of its metrics. */
  metrics: () => Promise<string>
}>

/** The images and the version that all tests deploy. */
export const releaseEnv = {
  IMAGE: 'registry.example.com/openshift/docker-registry:v1',
  OPERATOR_IMAGE: 'registry.example.com/openshift/image-registry-operator:v1',
  IMAGE_PRUNER: 'registry.example.com/openshift/cli:v1',
  RELEASE_VERSION: '4.22.0',
}

/** As in its image: it starts no program and no thread, and loads no native code. */
const permissions = ['--permission', '--allow-fs-read=*', '--allow-fs-write=*']

const stopGraceMs = 15_000

/**
 * Loaded before the program: it ends with the process that started it, even if that one was killed.
 * Its stdin is a pipe that nobody writes to and that closes then.
 */
const endWithParent = `data:text/javascript,process.stdin.on('end',()=>process.exit(1)).resume()`

const linesOf = (child: ChildProcess): ReadonlyArray<string> => {
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => lines.push(line))
  }
  return lines
}

/** Starts the built operator against a cluster. */
export const startOperator = async (options: OperatorOptions): Promise<OperatorProcess> => {
  const [port = 0] = await freePorts(1)
  const args = [
    ...permissions,
    '--import',
    endWithParent,
    bundlePath,
    'run',
    '--kubeconfig',
    options.kubeconfigPath,
    '--bind-address',
    `127.0.0.1:${port}`,
    ...(options.args ?? []),
  ]
  const env = { ...process.env, ...releaseEnv, ...options.env }
  const child = spawn(process.execPath, args, {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Out of the terminal's process group: on Ctrl-C it is us who decide in which order to end.
    detached: true,
  })
  const forget = killAtExit(child)
  const lines = linesOf(child)
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      forget()
      resolve(code)
    })
  })
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  const metrics = async (): Promise<string> =>
    (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const stop = async (): Promise<number | null> => {
    const told = await metrics().catch(() => '')
    child.kill('SIGTERM')
    const late = new AbortController()
    const lateKill = sleep(stopGraceMs, undefined, { signal: late.signal }).then(kill, () => {})
    const code = await exited
    late.abort()
    await lateKill
    await refuseToldSecrets(options.kubeconfigPath, {
      'the log': lines.join('\n'),
      'the metrics': told,
    })
    return code
  }
  return {
    pid: child.pid ?? 0,
    log: () => lines,
    exited,
    stop,
    kill,
    metrics,
  }
}
