import type { IO } from 'fp-ts/IO'
import { Command, Option } from 'commander'

import { VERSION } from '../version'
import type { AwaitReadOnlyOptions } from './in-pods/await-read-only-command'
import type { CliIo } from './cli-io'
import type { ExitCode } from './exit-code'
import type { InstallOptions } from './install/install-command'
import type { NodeCaOptions } from './in-pods/node-ca-command'
import type { NodeTrustOptions } from './in-pods/node-trust-command'
import type { ObserveOptions } from './observe-command'
import type { PlanOptions } from './plan/plan-command'
import type { RenderOptions } from './render-command'
import type { RunOptions } from './run/run-command'
import type { StatusOptions } from './status-command'
import type { UninstallOptions } from './install/uninstall-command'

type Ended = (code: ExitCode) => IO<void>

const example = (...lines: ReadonlyArray<string>): string =>
  `\nExample:\n${lines.map((line) => `  ${line}\n`).join('')}`

const exitCodes = (...lines: ReadonlyArray<string>): string =>
  `\nExit codes:\n${lines.map((line) => `  ${line}\n`).join('')}`

const withRelease = (command: Command): Command =>
  command
    .option('--image <image>', 'image of the registry (default: $IMAGE)')
    .option('--operator-image <image>', 'image of the operator (default: $OPERATOR_IMAGE)')
    .option('--image-pruner <image>', 'image of the pruner (default: $IMAGE_PRUNER)')
    .option('--release-version <version>', 'version of the release (default: $RELEASE_VERSION)')

const withCluster = (command: Command): Command =>
  command
    .option('--kubeconfig <file>', 'kubeconfig file (default: what kubectl takes)')
    .option('--context <name>', 'context of the kubeconfig (default: its current one)')

const output = (...choices: [string, ...string[]]): Option =>
  new Option('-o, --output <format>', 'how to print').choices(choices).default(choices[0])

const NO_STORAGE = ['--no-storage', 'do not look at the storage outside of the cluster'] as const

const FILENAME = ['-f, --filename <path...>', 'files, folders, or - for standard input'] as const

// Each command is loaded when it is used: `render` must not wait for the libraries of `run`.
const run = (io: CliIo, ended: Ended): Command =>
  withCluster(withRelease(new Command('run')))
    .description('run the operator')
    .option(
      '--bind-address <address>',
      'where to serve /healthz, /readyz and /metrics; :8080 is every interface',
      '127.0.0.1:8080',
    )
    .option(
      '--config <file>',
      'a GenericControllerConfig that says where and with which TLS to serve them: over HTTPS',
    )
    .option('--tls-cert-file <file>', 'certificate for HTTPS (default: /etc/secrets/tls.crt)')
    .option('--tls-key-file <file>', 'key of that certificate (default: /etc/secrets/tls.key)')
    .option(
      '--metrics-client-ca <file>',
      'authorities of the clients that may read /metrics over HTTPS (default: all may)',
    )
    .option(
      '--files <path>',
      'end when this file changes, to be started anew with it; may be given several times',
      (path: string, before: ReadonlyArray<string> = []) => [...before, path],
    )
    .addOption(
      new Option('--log-level <level>', 'what to log')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('info'),
    )
    .addHelpText(
      'after',
      example(
        'IMAGE=quay.io/openshift/origin-docker-registry:latest image-registry-operator run --kubeconfig ~/.kube/config',
      ) +
        exitCodes(
          '0  told to stop, or another instance has taken the lease',
          '1  cannot start, or cannot stop within 10 seconds',
        ),
    )
    .action(async (options: RunOptions) => {
      const { runCommand } = await import('./run/run-command')
      ended(await runCommand(io)(options)())()
    })

const observe = (io: CliIo, ended: Ended): Command =>
  withCluster(new Command('observe'))
    .description('print everything that the operator sees of a cluster; secret values as digests')
    .option(...NO_STORAGE)
    .addOption(output('yaml', 'json'))
    .addHelpText('after', example('image-registry-operator observe > snapshot.yaml'))
    .action(async (options: ObserveOptions) => {
      const { observeCommand } = await import('./observe-command')
      ended(await observeCommand(io)(options)())()
    })

const render = (io: CliIo, ended: Ended): Command =>
  withRelease(new Command('render'))
    .description('print what should be in a cluster, from a Config and a snapshot')
    .requiredOption(...FILENAME)
    .addOption(output('yaml', 'json'))
    .option('--output-dir <folder>', 'one file per object and a kustomization.yaml, into a folder')
    .addHelpText(
      'after',
      example(
        'image-registry-operator render -f config.yaml -f snapshot.yaml --image registry.example/registry:v1',
      ) +
        exitCodes(
          '0  everything was rendered',
          '1  the input cannot be used',
          '3  some objects cannot be said yet; standard error names them',
        ),
    )
    .action(async (options: RenderOptions) => {
      const { renderCommand } = await import('./render-command')
      ended(await renderCommand(io)(options)())()
    })

const plan = (io: CliIo, ended: Ended): Command =>
  withCluster(withRelease(new Command('plan')))
    .description('print what the operator would change, and why; only reads')
    .option(FILENAME[0], `a snapshot in ${FILENAME[1]} (default: the cluster)`)
    .option('--config <file>', 'a Config to plan for in place of the one that is there')
    .option(...NO_STORAGE)
    .addOption(output('text', 'json'))
    .addHelpText(
      'after',
      example(
        'image-registry-operator plan --config config.yaml',
        'image-registry-operator plan -f snapshot.yaml -o json',
      ) + exitCodes('0  nothing to do', '1  it cannot be said', '2  there are changes'),
    )
    .action(async (options: PlanOptions) => {
      const { planCommand } = await import('./plan/plan-command')
      ended(await planCommand(io)(options)())()
    })

const status = (io: CliIo, ended: Ended): Command =>
  withCluster(new Command('status'))
    .description('print how the registry fares, what is wrong and what to do; only reads')
    .option(FILENAME[0], `a snapshot in ${FILENAME[1]} (default: the cluster)`)
    .addOption(output('text', 'yaml', 'json'))
    .addHelpText(
      'after',
      example('image-registry-operator status') +
        exitCodes(
          '0  available, not progressing, not degraded',
          '1  it cannot be said',
          '2  not all is well',
        ),
    )
    .action(async (options: StatusOptions) => {
      const { statusCommand } = await import('./status-command')
      ended(await statusCommand(io)(options)())()
    })

const install = (io: CliIo, ended: Ended): Command =>
  withRelease(new Command('install'))
    .description(
      'print what the operator needs in a cluster: definitions, namespace openshift-image-registry, permissions, Deployment',
    )
    .addOption(
      new Option(
        '-o, --output <format>',
        'how to print (default: yaml; with --permissions what the cloud takes)',
      ).choices(['yaml', 'json']),
    )
    .addOption(
      new Option(
        '--platform <platform>',
        'kind of the cluster (default: kubernetes, or openshift where there is a --profile)',
      ).choices(['openshift', 'kubernetes']),
    )
    .addOption(
      new Option(
        '--profile <profile>',
        'kind of OpenShift cluster; all prints what a release holds (default: self-managed-high-availability)',
      ).choices([
        'self-managed-high-availability',
        'single-node-developer',
        'hypershift',
        'ibm-cloud-managed',
        'all',
      ]),
    )
    .option(
      '--output-dir <folder>',
      'one file per object and a kustomization.yaml, into a folder that is empty or was written so',
    )
    .addOption(
      new Option(
        '--format <format>',
        'with --output-dir: what to write (default: kustomize); helm is a chart, olm a bundle for plain Kubernetes',
      ).choices(['kustomize', 'helm', 'olm']),
    )
    .option('--monitoring', 'on plain Kubernetes: also what the Prometheus operator reads')
    .option(
      '--node-trust',
      'on plain Kubernetes: also a DaemonSet that tells the containerd of each node of the registry',
    )
    .option(
      '--certs-d <folder>',
      'with --node-trust: the folder that config_path of containerd names (default: /etc/containerd/certs.d)',
    )
    .addOption(
      new Option(
        '--permissions <cloud>',
        'print instead what a cloud has to permit the operator and the registry',
      ).choices(['aws', 'azure', 'gcp', 'ibmcloud', 'openstack']),
    )
    .option('--bucket <name>', 'with --permissions aws or openstack: in this bucket or container')
    .option('--kms-key <arn>', 'with --permissions aws: also for the key of spec.storage.s3.keyID')
    .option('--scope <scope>', 'with --permissions azure: where the role may be assigned')
    .addHelpText(
      'after',
      example(
        'image-registry-operator install | kubectl apply --server-side -f -',
        'image-registry-operator install --operator-image registry.example/tools/image-registry-operator:1.0 --output-dir base',
        'image-registry-operator install --platform openshift --operator-image registry.example/operator:v1 --image registry.example/registry:v1 | kubectl apply --server-side -f -',
        'image-registry-operator install --permissions aws --bucket my-images > policy.json',
      ),
    )
    .action(async (options: InstallOptions) => {
      const { installCommand } = await import('./install/install-command')
      ended(await installCommand(io)(options)())()
    })

const uninstall = (io: CliIo, ended: Ended): Command =>
  withCluster(new Command('uninstall'))
    .description(
      'print what an uninstallation from plain Kubernetes removes, what stays, and its commands; only reads',
    )
    .option(FILENAME[0], `a snapshot in ${FILENAME[1]} (default: the cluster)`)
    .option('--no-cluster', 'look at no cluster: say what holds for all')
    .option(...NO_STORAGE)
    .option('--monitoring', 'also what Prometheus has been told of the operator')
    .addOption(
      new Option(
        '-o, --output <format>',
        'how to print; yaml is what is deleted last, for kubectl delete -f -, and needs no cluster',
      )
        .choices(['text', 'json', 'yaml'])
        .default('text'),
    )
    .addHelpText(
      'after',
      example('image-registry-operator uninstall') +
        exitCodes('0  printed', '1  it cannot be said, or this is OpenShift'),
    )
    .action(async (options: UninstallOptions) => {
      const { uninstallCommand } = await import('./install/uninstall-command')
      ended(await uninstallCommand(io)(options)())()
    })

const nodeCa = (io: CliIo, ended: Ended): Command =>
  new Command('node-ca-sync')
    .description(
      "keep a node's certificates of image registries up to date; what the DaemonSet node-ca runs",
    )
    .option('--source <folder>', 'files such as registry.example..5000', '/tmp/serviceca')
    .option('--destination <folder>', 'gets registry.example:5000/ca.crt', '/etc/docker/certs.d')
    .addOption(new Option('--interval <seconds>', 'how often to look').default('60').hideHelp())
    .addHelpText(
      'after',
      example('image-registry-operator node-ca-sync') +
        exitCodes('0  told to stop', '1  cannot start'),
    )
    .action(async (options: NodeCaOptions) => {
      const { nodeCaCommand } = await import('./in-pods/node-ca-command')
      ended(await nodeCaCommand(io)(options)())()
    })

const nodeTrust = (io: CliIo, ended: Ended): Command =>
  withCluster(new Command('node-trust'))
    .description(
      "tell a node's containerd whom to trust as the registry, and where it is; what the DaemonSet node-trust runs on plain Kubernetes",
    )
    .option(
      '--destination <folder>',
      'the folder that config_path of containerd names',
      '/etc/containerd/certs.d',
    )
    .option('--remove', 'take back what was told, without looking at the cluster, and wait')
    .addHelpText(
      'after',
      example('image-registry-operator node-trust --destination /etc/containerd/certs.d') +
        exitCodes('0  told to stop; what is on the node stays', '1  cannot start'),
    )
    .action(async (options: NodeTrustOptions) => {
      const { nodeTrustCommand } = await import('./in-pods/node-trust-command')
      ended(await nodeTrustCommand(io)(options)())()
    })

const awaitReadOnly = (io: CliIo, ended: Ended): Command =>
  withCluster(new Command('await-read-only'))
    .description(
      'wait until the registry takes no pushes; what Jobs begin with that delete garbage on plain Kubernetes',
    )
    .requiredOption('--job <name>', 'the Job that waits: it must not be older than five minutes')
    .addHelpText(
      'after',
      example('image-registry-operator await-read-only --job image-pruner-collect-0a1b2c3d') +
        exitCodes(
          '0  no pod of the registry takes pushes',
          '1  some still do; nothing may be deleted',
        ),
    )
    .action(async (options: AwaitReadOnlyOptions) => {
      const { awaitReadOnlyCommand } = await import('./in-pods/await-read-only-command')
      ended(await awaitReadOnlyCommand(io)(options)())()
    })

const version = (io: CliIo): Command =>
  new Command('version')
    .description('print the version')
    .addHelpText('after', example('image-registry-operator version'))
    .action(() => io.stdout(`${VERSION}\n`)())

/** The command line; `ended` is told the exit code of the command that ran. */
export const program = (io: CliIo, ended: Ended): Command => {
  const command = new Command('image-registry-operator')
    .description(
      'Deploys an image registry from one resource, on OpenShift and on plain Kubernetes.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'explain a command')
    .showHelpAfterError('(image-registry-operator --help explains the commands)')
    .addHelpText('after', example('image-registry-operator plan -f examples/snapshot.yaml'))
  const commands = [
    run,
    observe,
    render,
    plan,
    status,
    install,
    uninstall,
    nodeCa,
    nodeTrust,
    awaitReadOnly,
  ]
  // The original has this command only, and no name for it.
  commands.forEach((make) => command.addCommand(make(io, ended), { isDefault: make === run }))
  command.addCommand(version(io))
  const streams = {
    writeOut: (text: string) => io.stdout(text)(),
    writeErr: (text: string) => io.stderr(text)(),
  }
  ;[command, ...command.commands].forEach((each) => each.exitOverride().configureOutput(streams))
  return command
}
