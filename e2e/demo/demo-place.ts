import { assetsFolder, binariesIn } from '../cluster/binaries'
import { missingPrerequisites } from '../cluster/build'
import { missingNodePrerequisites } from '../node/prerequisites'
import type { DemoArguments } from './demo-arguments'

/** Which of the clusters a demo has, and why it is not a more real one: a sentence each. */
export type DemoPlace = Readonly<{
  cluster: 'given' | 'node' | 'simulated' | 'embedded'
  remarks: ReadonlyArray<string>
}>

/** A node needs what makes and places pods. */
const missingControllers = (): ReadonlyArray<string> => {
  const assets = assetsFolder()
  if (assets === undefined) return []
  const { missing } = binariesIn(assets)
  return (['kube-controller-manager', 'kube-scheduler'] as const)
    .filter((program) => missing.includes(program))
    .map((program) => `No ${program} in ${assets}, which real pods need.`)
}

/** Where to show the demo: on a real node, unless the user or the machine is against it. Throws if it can be nowhere. */
export const demoPlace = (args: DemoArguments): DemoPlace => {
  if (args.kubeconfigPath !== undefined) return { cluster: 'given', remarks: [] }
  if (args.embedded) return { cluster: 'embedded', remarks: [] }
  const missing = missingPrerequisites()
  // Whoever named a folder of programs does not want to see something else.
  if (missing.length > 0 && assetsFolder() !== undefined) throw new Error(missing.join(' '))
  if (missing.length > 0) return { cluster: 'embedded', remarks: missing }
  if (args.openshift) return { cluster: 'simulated', remarks: [] }
  const missingNode = [...missingNodePrerequisites(), ...missingControllers()]
  return { cluster: missingNode.length > 0 ? 'simulated' : 'node', remarks: missingNode }
}
