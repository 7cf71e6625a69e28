import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export type DemoArguments = Readonly<{
  configPath: string
  /** The sample brings its claim along; a Config of yours names one that you made. */
  claimPath: string | undefined
  keep: boolean
  embedded: boolean
  kubeconfigPath: string | undefined
  help: boolean
}>

export const demoHelp = `Usage: pnpm demo [CONFIG.yaml] [--keep] [--embedded] [--kubeconfig FILE]

Starts a Kubernetes control plane on loopback, gives it the facts of an OpenShift cluster, starts the
operator, applies a Config and shows how the cluster converges. Leaves nothing running.

  CONFIG.yaml        a Config of yours; without it, a sample on a PersistentVolumeClaim
  --keep             leave it running, and print its KUBECONFIG; ends with Ctrl-C
  --embedded         an in-memory API server instead of a control plane; needs no Go, takes seconds
  --kubeconfig FILE  a cluster of yours instead of a control plane; what the demo made there is removed
  KUBEBUILDER_ASSETS a folder with etcd and kube-apiserver, used instead of building them

Example: npx -y pnpm@12 demo --keep
`

/** Reads the command line; throws what is wrong with it. */
export const demoArguments = (argv: ReadonlyArray<string>): DemoArguments => {
  const { values, positionals } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    allowPositionals: true,
    options: {
      keep: { type: 'boolean', default: false },
      embedded: { type: 'boolean', default: false },
      kubeconfig: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const [given, ...more] = positionals
  if (more.length > 0) throw new Error(`One Config at a time, please: ${positionals.join(' ')}`)
  const here = import.meta.dirname
  return {
    configPath: given === undefined ? join(here, 'config.yaml') : resolve(given),
    claimPath: given === undefined ? join(here, 'claim.yaml') : undefined,
    keep: values.keep,
    embedded: values.embedded,
    kubeconfigPath: values.kubeconfig === undefined ? undefined : resolve(values.kubeconfig),
    help: values.help,
  }
}
