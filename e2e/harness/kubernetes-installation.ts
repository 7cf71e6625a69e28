import type { KubeObject } from '../cluster/cluster-client'
import { manifestsIn } from '../cluster/load-manifests'
import { asYaml } from './installed-objects'
import { runCommand } from './bundle'

/** What `install` prints for plain Kubernetes to somebody who tells it nothing. */
export type KubernetesInstallation = Readonly<{
  /** All of it but the operator's Deployment, as YAML. */
  furniture: string
  /** The operator's Deployment, as YAML. */
  operator: string
  /** The variables of the operator's container whose values stand there. */
  variables: Readonly<Record<string, string>>
}>

type Variable = Readonly<{ name: string; value?: string }>

type DeploymentSpec = Readonly<{
  template: Readonly<{
    spec: Readonly<{ containers: ReadonlyArray<Readonly<{ env: ReadonlyArray<Variable> }>> }>
  }>
}>

const isDeployment = ({ kind }: KubeObject): boolean => kind === 'Deployment'

const variablesOf = (deployment: KubeObject): ReadonlyArray<readonly [string, string]> =>
  (deployment['spec'] as DeploymentSpec).template.spec.containers.flatMap(({ env }) =>
    env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
  )

/** Asks the bundle what it installs. */
export const kubernetesInstallation = async (
  ...options: ReadonlyArray<string>
): Promise<KubernetesInstallation> => {
  // Images that this environment names would be somebody's wish.
  const unset = { IMAGE: '', OPERATOR_IMAGE: '', REGISTRY_BUILD: '', RELEASE_VERSION: '' }
  const { code, stdout, stderr } = await runCommand(
    ['install', '--platform', 'kubernetes', ...options],
    unset,
  )
  if (code !== 0) throw new Error(`install failed: ${stderr}`)
  const printed = manifestsIn(stdout)
  const deployments = printed.filter(isDeployment)
  return {
    furniture: asYaml(printed.filter((object) => !isDeployment(object))),
    operator: asYaml(deployments),
    variables: Object.fromEntries(deployments.flatMap(variablesOf)),
  }
}
