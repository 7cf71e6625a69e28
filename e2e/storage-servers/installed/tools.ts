import { delimiter, join } from 'node:path'

import { isExecutable } from '../../cluster/binaries'

/** What installs servers, and what to do where it is not there. */
const cures = {
  go: 'install Go 1.21 or newer (it fetches the version it needs)',
  python3: 'install Python 3.11 or newer, with its module venv',
  'apt-get': 'run on Debian or a system made from it',
  'dpkg-deb': 'run on Debian or a system made from it',
} as const

/** A program of this machine that installs servers. */
export type Tool = keyof typeof cures

/** Where a program is on PATH; undefined if nowhere. */
export const programOnPath = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable)

/** What this machine lacks to install `what`, each as a sentence that says what to do; empty if nothing. */
export const missingPrerequisites = (
  what: string,
  tools: ReadonlyArray<Tool>,
): ReadonlyArray<string> =>
  tools
    .filter((tool) => programOnPath(tool) === undefined)
    .map((tool) => `No \`${tool}\` on PATH to install ${what} with: ${cures[tool]}.`)
