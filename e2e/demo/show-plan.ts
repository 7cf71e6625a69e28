import { relative } from 'node:path'

import { runCommand } from '../harness/bundle'
import { releaseEnv } from '../harness/operator-process'
import type { DemoCluster } from './demo-cluster'
import type { Printer } from './printer'

type PlanOutput = Readonly<{ actions: ReadonlyArray<Readonly<{ description: string }>> }>

// Messages name the file as a person would.
const fromHere = (path: string): string => relative(process.cwd(), path)

const linesOf = (text: string): ReadonlyArray<string> =>
  text.split('\n').filter((line) => line !== '')

/** Prints what the operator says that it would do, a line for each action; throws if the Config cannot be used. */
export const showPlan = async (
  configPath: string,
  cluster: DemoCluster,
  print: Printer,
): Promise<void> => {
  const { code, stdout, stderr } = await runCommand(
    [
      'plan',
      '--kubeconfig',
      cluster.kubeconfigPath,
      '--config',
      fromHere(configPath),
      '-o',
      'json',
    ],
    { ...releaseEnv, ...cluster.releaseEnv },
  )
  for (const line of linesOf(stderr)) print.note(line.replace(/^warning: /, ''))
  if (code !== 0 && code !== 2) throw new Error('The Config cannot be used; see above.')
  const { actions } = JSON.parse(stdout) as PlanOutput
  for (const { description } of actions) print.plain(`  ${description}`)
  if (actions.length === 0) print.plain('  nothing')
}
