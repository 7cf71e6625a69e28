import { isAbsolute, relative } from 'node:path'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
}

/** Why a file cannot be read or parsed, in a few words. */
export const fileProblem = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { code = '' } = error as NodeJS.ErrnoException
  // Errors of YAML show the lines around; the first line says what and where.
  return reasons[code] ?? error.message.split('\n')[0]?.replace(/:$/, '') ?? ''
}

/** A path as a person would write it: from here, if it is below. */
export const shownPath = (path: string): string => {
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere
}
