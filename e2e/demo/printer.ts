import picocolors from 'picocolors'

/** Writes the demo's lines; times count from the moment it was made. */
export type Printer = Readonly<{
  /** What is being done now. */
  step: (title: string, detail: string) => void
  /** A line of a step that takes long; on a terminal it replaces the one before. */
  progress: (line: string) => void
  /** Something that happened, with the time since `restart`. */
  event: (mark: string, line: string) => void
  /** Something to know, at no particular time. */
  note: (line: string) => void
  plain: (line: string) => void
  restart: () => void
  elapsedMs: () => number
}>

// Left to itself, the library also colours what goes to the log of a CI.
const pc = picocolors.createColors(process.stdout.isTTY === true && !process.env['NO_COLOR'])

const clearLine = '\r\u001b[2K'

const colours: Readonly<Record<string, (text: string) => string>> = {
  '+': pc.green,
  '~': pc.cyan,
  '!': pc.yellow,
  '-': pc.red,
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

export const printer = (): Printer => {
  const terminal = process.stdout.isTTY === true
  let since = performance.now()
  let pending = false
  const write = (line: string): void => {
    process.stdout.write(`${pending ? clearLine : ''}${line}\n`)
    pending = false
  }
  const progress = (line: string): void => {
    if (!terminal) return write(`  ${line}`)
    // A line that wraps could not be taken back.
    const width = Math.max((process.stdout.columns || 80) - 4, 20)
    process.stdout.write(`${clearLine}  ${pc.dim(line.slice(0, width))}`)
    pending = true
  }
  return {
    step: (title, detail) => write(`${pc.bold(title.padEnd(9))} ${detail}`),
    progress,
    event: (mark, line) => {
      const time = seconds(performance.now() - since).padStart(9)
      write(`${pc.dim(time)}  ${(colours[mark] ?? String)(`${mark} ${line}`)}`)
    },
    note: (line) => write(`  ${pc.yellow(`! ${line}`)}`),
    plain: write,
    restart: () => {
      since = performance.now()
    },
    elapsedMs: () => performance.now() - since,
  }
}
