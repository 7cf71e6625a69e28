import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'

import { debianPrograms } from '../installed/debian-programs'
import { pythonPrograms } from '../installed/python-programs'
import { type Command, tiedCommand } from '../installed/tied-command'

/** Commands of OpenStack's servers, each tied to the process that starts it. */
export type OpenstackPrograms = Readonly<{
  /** The interpreter that has Swift and Keystone. */
  python: string
  memcached: (port: number) => Command
  /** One of Swift's servers, by its configuration. */
  swiftServer: (
    name: 'account' | 'container' | 'object' | 'proxy',
    configuration: string,
  ) => Command
  /** A program in Python, with variables for its environment. */
  script: (path: string, args: ReadonlyArray<string>, environment: Environment) => Command
}>

type Environment = Readonly<Record<string, string>>

/** Swift, Keystone and what they need: the whole list, so that it is the same everywhere. */
const requirements = (): ReadonlyArray<string> =>
  readFileSync(join(import.meta.dirname, 'openstack-requirements.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

/** libsasl2 and libevent are what memcached is linked with; the rest is in every system. */
const packages = ['memcached', 'libevent-2.1-7|libevent-2.1-7t64', 'libsasl2-2']

const withEnvironment = (environment: Environment, { program, args }: Command): Command =>
  tiedCommand({
    program: 'env',
    args: [
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      program,
      ...args,
    ],
  })

/** The programs, which are installed if this machine does not have them yet. */
export const openstackPrograms = async (): Promise<OpenstackPrograms> => {
  const { python, program } = await pythonPrograms({
    name: 'openstack',
    requirements: requirements(),
  })
  const debian = await debianPrograms({ name: 'memcached', packages })
  const quiet = { PYTHONWARNINGS: 'ignore' }
  return {
    python,
    memcached: (port) =>
      withEnvironment(debian.environment, {
        program: debian.program('memcached'),
        args: ['-u', userInfo().username, '-l', '127.0.0.1', '-p', `${port}`, '-m', '16'],
      }),
    swiftServer: (name, configuration) =>
      withEnvironment(quiet, {
        program: python,
        args: [program(`swift-${name}-server`), configuration],
      }),
    script: (path, args, environment) =>
      withEnvironment({ ...quiet, ...environment }, { program: python, args: [path, ...args] }),
  }
}
