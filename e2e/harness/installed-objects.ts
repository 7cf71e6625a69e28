import type { KubeObject } from '../cluster/cluster-client'
import { runCommand } from './bundle'
import { releaseEnv } from './operator-process'

/** Everything that `install` prints for OpenShift. */
export const printedByInstall = async (
  ...args: ReadonlyArray<string>
): Promise<ReadonlyArray<KubeObject>> => {
  const command = ['install', '--platform', 'openshift', '-o', 'json', ...args]
  const { code, stdout, stderr } = await runCommand(command, releaseEnv)
  if (code !== 0) throw new Error(`install failed: ${stderr}`)
  const { items } = JSON.parse(stdout) as Readonly<{ items: ReadonlyArray<KubeObject> }>
  return items
}

/** Whoever installs a manifest cannot set its status: the API server drops it. */
const withoutStatus = ({ status: _, ...object }: KubeObject): KubeObject => object

/** What `install` prints, without the operator's own Deployment: here it runs as a process. */
export const installedObjects = async (): Promise<ReadonlyArray<KubeObject>> =>
  (await printedByInstall()).filter(({ kind }) => kind !== 'Deployment').map(withoutStatus)

/** Objects as one text of YAML documents. */
export const asYaml = (objects: ReadonlyArray<KubeObject>): string =>
  `${objects.map((object) => JSON.stringify(object)).join('\n---\n')}\n`
