import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export type DemoArguments = Readonly<{
  /** A Config of the user's; without it, the sample of the cluster. */
  configPath: string | undefined
  keep: boolean
  openshift: boolean
  embedded: boolean
  kubeconfigPath: string | undefined
  help: boolean
}>

export const demoHelp = `Usage: pnpm demo [CONFIG.yaml] [--keep] [--openshift] [--embedded] [--kubeconfig FILE]

Starts a Kubernetes control plane on loopback and a node on which pods run, starts the operator there,
applies a Config, shows how the cluster converges, and pushes and pulls an image. A node takes Linux and
root; without them it is the demo of --openshift. Leaves nothing running.

  CONFIG.yaml        a Config of yours; without it, a sample on a PersistentVolumeClaim
  --keep             goes on until Ctrl-C, and prints the KUBECONFIG to look around with
  --openshift        the facts of an OpenShift cluster, and simulated nodes; needs no root
  --embedded         an API server in memory instead of a control plane; needs no Go, takes seconds
  --kubeconfig FILE  a cluster of yours instead of a control plane; what the demo adds is removed again

  KUBEBUILDER_ASSETS=DIR  programs of a control plane that you have, instead of building them
  IMAGE=IMAGE             the registry to deploy on a cluster of yours

Example: npx -y pnpm@12 demo --keep
`

type Values = Readonly<{
  keep: boolean
  openshift: boolean
  embedded: boolean
  kubeconfig?: string | undefined
  help: boolean
}>

const parsed = (argv: ReadonlyArray<string>): Readonly<{ values: Values; paths: string[] }> => {
  try {
    const { values, positionals } = parseArgs({
      args: argv.filter((argument) => argument !== '--'),
      allowPositionals: true,
      options: {
        keep: { type: 'boolean', default: false },
        openshift: { type: 'boolean', default: false },
        embedded: { type: 'boolean', default: false },
        kubeconfig: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return { values, paths: positionals }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new Error(`${said.replace(/\. .*$/s, '')}. See demo --help.`, { cause: error })
  }
}

/** Reads the command line; throws what is wrong with it. */
export const demoArguments = (argv: ReadonlyArray<string>): DemoArguments => {
  const { values, paths } = parsed(argv)
  const [given, ...more] = paths
  if (more.length > 0) throw new Error(`One Config at a time, please, not ${paths.join(' and ')}.`)
  if (values.embedded && values.kubeconfig !== undefined)
    throw new Error('Choose one of --embedded and --kubeconfig: they are different clusters.')
  return {
    configPath: given === undefined ? undefined : resolve(given),
    keep: values.keep,
    openshift: values.openshift,
    embedded: values.embedded,
    kubeconfigPath: values.kubeconfig === undefined ? undefined : resolve(values.kubeconfig),
    help: values.help,
  }
}
