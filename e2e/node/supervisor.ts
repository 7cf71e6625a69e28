import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program to be run in the node; all of its environment is given. */
export type NodeProgram = Readonly<{
  program: string
  args: ReadonlyArray<string>
  environment: Readonly<Record<string, string>>
  logPath: string
}>

/** A program that was started in the node. */
export type StartedProgram = Readonly<{
  /** As seen from this machine. */
  pid: number
  /** The exit code; 128 and more for a program that was killed. */
  ended: Promise<number>
}>

/** What keeps the namespaces of a node, and has a hand in them. */
export type Supervisor = Readonly<{
  /** The first process of the node, as seen from this machine. */
  initPid: number
  run: (program: NodeProgram) => Promise<StartedProgram>
  /** Listens in the node and leads to an address of this machine; returns where it listens. */
  expose: (from: string, to: string) => Promise<string>
  /** Listens on this machine and leads to an address of the node; returns where it listens. */
  reach: (from: string, to: string) => Promise<string>
  /** Listens on a Unix socket where any address of the node can be asked for by CONNECT. */
  tunnel: (socketPath: string) => Promise<void>
  /** Ends everything in the node, and removes its control groups and its folder. */
  end: () => Promise<void>
}>

export type SupervisorOptions = Readonly<{
  program: string
  nodeName: string
  folder: string
  removesFolder: boolean
}>

/** What the supervisor says, one line of JSON each time (see programs/supervisor/main.go). */
type Report = Readonly<{
  id?: number
  error?: string
  pid?: number
  address?: string
  ended?: number
  code?: number
}>

/** An answer; where it is about a program, with the end of that, which may be told right behind it. */
type Answered = Report & Readonly<{ end: Promise<number> }>

type AnswerTo = (id: number) => Promise<Answered>

type Answer = Readonly<{ resolve: (report: Answered) => void; reject: (error: Error) => void }>

const start = ({ program, nodeName, folder, removesFolder }: SupervisorOptions): ChildProcess => {
  const named = ['-name', nodeName, '-folder', folder, ...(removesFolder ? ['-remove-folder'] : [])]
  // Out of the terminal's process group: it ends when its stdin closes, and not by Ctrl-C.
  return spawn(program, named, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
}

/** Requests by their numbers, and programs by their process ids, that wait for a word about them. */
const waiting = (child: ChildProcess): AnswerTo => {
  let said = ''
  let isGone = false
  const answers = new Map<number, Answer>()
  const ends = new Map<number, (code: number) => void>()
  const hear = (report: Report): void => {
    if (report.ended !== undefined) {
      ends.get(report.ended)?.(report.code ?? 0)
      ends.delete(report.ended)
      return
    }
    const answer = answers.get(report.id ?? 0)
    answers.delete(report.id ?? 0)
    const end = new Promise<number>((resolve) => ends.set(report.pid ?? 0, resolve))
    if (report.error === undefined) answer?.resolve({ ...report, end })
    else answer?.reject(new Error(report.error))
  }
  const gone = (): Error => new Error(`The node's supervisor has ended: ${said.slice(-2000)}`)
  const giveUp = (): void => {
    isGone = true
    for (const { reject } of answers.values()) reject(gone())
    for (const end of ends.values()) end(137)
    answers.clear()
    ends.clear()
  }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (line) => hear(JSON.parse(line) as Report))
  // To ask somebody who is gone is an error in itself; that they are is told by the answer.
  child.stdin?.on('error', () => undefined)
  child.once('close', giveUp)
  child.once('error', giveUp)
  return (id) =>
    isGone
      ? Promise.reject(gone())
      : new Promise((resolve, reject) => answers.set(id, { resolve, reject }))
}

const closed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve()
    else child.once('close', () => resolve())
  })

/** Makes the namespaces of a node. It ends with this process, however that ends. */
export const startSupervisor = async (options: SupervisorOptions): Promise<Supervisor> => {
  const child = start(options)
  // Not killed, because it has to clean up: the end of its stdin is its sign.
  const answerTo = waiting(child)
  let asked = 0
  const ask = (request: Readonly<Record<string, unknown>>): Promise<Answered> => {
    const id = ++asked
    const answer = answerTo(id)
    child.stdin?.write(`${JSON.stringify({ id, ...request })}\n`)
    return answer
  }
  const { pid: initPid = 0 } = await answerTo(0)
  return {
    initPid,
    run: async ({ program, args, environment, logPath }) => {
      const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
      const { pid = 0, end } = await ask({
        do: 'run',
        program,
        args,
        environment: variables,
        log: logPath,
      })
      return { pid, ended: end }
    },
    expose: async (from, to) => (await ask({ do: 'expose', from, to })).address ?? '',
    reach: async (from, to) => (await ask({ do: 'reach', from, to })).address ?? '',
    tunnel: async (from) => void (await ask({ do: 'tunnel', from })),
    end: async () => {
      child.stdin?.end()
      await closed(child)
    },
  }
}
