import { readFile } from 'node:fs/promises'

/** What a process has in memory, in MB (millions of bytes). */
export type ProcessMemory = Readonly<{
  /** All of it: that of files, such as Node's own program, too. */
  resident: number
  /** The most that was ever resident. */
  peak: number
  /** What nobody else can have, and no file gives back. */
  anonymous: number
  /** With what is shared divided among those who share it. */
  proportional: number
}>

const megabytes = (text: string, name: string): number => {
  const [, kibibytes = '0'] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text) ?? []
  return (Number(kibibytes) * 1024) / 1e6
}

/** Asks the kernel. */
export const processMemory = async (pid: number): Promise<ProcessMemory> => {
  const [status, rollup] = await Promise.all(
    ['status', 'smaps_rollup'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
  )
  return {
    resident: megabytes(status ?? '', 'VmRSS'),
    peak: megabytes(status ?? '', 'VmHWM'),
    anonymous: megabytes(status ?? '', 'RssAnon'),
    proportional: megabytes(rollup ?? '', 'Pss'),
  }
}

/** How long a process has kept processors busy, in milliseconds, to the next ten. */
export const processorTime = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  // Its name, in parentheses, may hold anything. The times of user and kernel are in hundredths of a second.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
