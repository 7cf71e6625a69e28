import { programOnPath } from './tools'

/** A program and its arguments. */
export type Command = Readonly<{ program: string; args: ReadonlyArray<string> }>

/**
 * The same command, killed by the kernel should its parent end first, even by SIGKILL; where the machine cannot do
 * that, the command as it is. The process id stays the command's.
 */
export const tiedCommand = ({ program, args }: Command): Command => {
  const setpriv = programOnPath('setpriv')
  return setpriv === undefined
    ? { program, args }
    : { program: setpriv, args: ['--pdeathsig', 'KILL', '--', program, ...args] }
}
