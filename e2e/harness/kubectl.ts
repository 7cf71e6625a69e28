import type { ControlPlane } from '../cluster/control-plane'
import { type CommandResult, runProgram } from './bundle'

/** Runs the kubectl that came with the control plane, as its administrator. */
export const kubectl = (
  { kubectlPath, kubeconfigPath }: Pick<ControlPlane, 'kubectlPath' | 'kubeconfigPath'>,
  args: ReadonlyArray<string>,
  input = '',
): Promise<CommandResult> => {
  if (kubectlPath === undefined)
    throw new Error('There is no kubectl in KUBEBUILDER_ASSETS: unset it to have one built.')
  return runProgram([kubectlPath, '--kubeconfig', kubeconfigPath, ...args], { input })
}
