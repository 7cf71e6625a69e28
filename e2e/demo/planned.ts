import { runCommand } from '../harness/bundle'
import { releaseEnv } from '../harness/operator-process'
import type { DemoCluster } from './demo-cluster'
import { shownPath } from './file-problem'

/** What the operator says before anything is changed, a line each. */
export type Planned = Readonly<{
  /** What of the Config is strange, or wrong. */
  remarks: ReadonlyArray<string>
  /** What it would do; undefined if the Config cannot be used. */
  actions: ReadonlyArray<string> | undefined
}>

type PlanOutput = Readonly<{ actions: ReadonlyArray<Readonly<{ description: string }>> }>

/** Asks the operator what it would do in a cluster with a Config. */
export const planned = async (configPath: string, cluster: DemoCluster): Promise<Planned> => {
  const { code, stdout, stderr } = await runCommand(
    [
      'plan',
      '--kubeconfig',
      cluster.kubeconfigPath,
      '--config',
      shownPath(configPath),
      '-o',
      'json',
    ],
    { ...releaseEnv, ...cluster.releaseEnv },
  )
  const lines = stderr.split('\n').filter((line) => line !== '')
  const isUsable = code === 0 || code === 2
  return {
    remarks: lines.map((line) => line.replace(/^warning: /, '')),
    actions: isUsable
      ? (JSON.parse(stdout) as PlanOutput).actions.map(({ description }) => description)
      : undefined,
  }
}
