import { setTimeout as sleep } from 'node:timers/promises'

import { assetsFolder } from '../cluster/binaries'
import { missingPrerequisites } from '../cluster/build'
import { buildBundle } from '../harness/bundle'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { type DemoArguments, demoArguments, demoHelp } from './demo-arguments'
import type { DemoCluster } from './demo-cluster'
import { embeddedCluster } from './embedded-cluster'
import { shownPath } from './file-problem'
import { givenCluster } from './given-cluster'
import { type Interruption, interruption } from './interruption'
import { planned } from './planned'
import { type Printer, printer } from './printer'
import { realCluster } from './real-cluster'
import { applyClaim, applyConfig, configIn, leftOut } from './sample'
import { kindsOf, summary } from './summary'
import { type Progress, watchProgress } from './watch-progress'

const timeoutMs = 120_000
/** How long an error must stand before the demo believes it. */
const errorMs = 4_000

/** A demo that is under way. */
type Demo = Readonly<{ args: DemoArguments; print: Printer; interrupted: Interruption }>

const startCluster = async ({ args, print }: Demo): Promise<DemoCluster> => {
  if (args.kubeconfigPath !== undefined) return givenCluster(args.kubeconfigPath, print)
  if (args.embedded) return embeddedCluster(print)
  const missing = missingPrerequisites()
  if (missing.length === 0) return realCluster(print)
  // Whoever named a folder of programs does not want to see something else.
  if (assetsFolder() !== undefined) throw new Error(missing.join(' '))
  for (const line of missing) print.note(line)
  print.plain('  Until then, as with --embedded:')
  return embeddedCluster(print)
}

const isReady = (progress: Progress): boolean =>
  progress.conditions().some(({ type, status }) => type === 'Ready' && status === 'True')

const hasError = (progress: Progress): boolean =>
  progress
    .conditions()
    .some(
      ({ type, status, reason }) =>
        (type === 'Degraded' && status === 'True') ||
        (type === 'Progressing' && reason === 'Error'),
    )

/** Waits until the registry is ready; throws why it is not. */
const untilReady = async (progress: Progress, operator: OperatorProcess): Promise<void> => {
  const deadline = Date.now() + timeoutMs
  let errorSince: number | undefined
  while (!isReady(progress)) {
    errorSince = hasError(progress) ? (errorSince ?? Date.now()) : undefined
    if (errorSince !== undefined && Date.now() - errorSince > errorMs)
      throw new Error('The registry does not become ready; the conditions above say what to do.')
    if (Date.now() > deadline)
      throw new Error(
        `The registry is not ready after ${timeoutMs / 1000} s; see Progressing above.`,
      )
    const ended = await Promise.race([sleep(50, 'running'), operator.exited])
    if (ended !== 'running')
      throw new Error(`The operator ended:\n${operator.log().slice(-5).join('\n')}`)
  }
}

const converge = async (
  { args, print }: Demo,
  { client }: DemoCluster,
  operator: OperatorProcess,
  signal: AbortSignal,
): Promise<void> => {
  print.step('Operator', `started as process ${operator.pid}; the Config is applied`)
  const progress = watchProgress(client, print, signal)
  await applyConfig(client, configIn(args.configPath))
  await untilReady(progress, operator)
  const elapsedMs = print.elapsedMs()
  print.step('Made', kindsOf(progress.made))
  print.step('Done', summary(await operator.metrics(), progress.made, elapsedMs))
}

const stay = async (
  { print, interrupted }: Demo,
  { kubeconfigPath }: DemoCluster,
  operator: OperatorProcess,
): Promise<void> => {
  print.step('Running', 'until Ctrl-C; what changes is shown here. To look around:')
  print.plain(`  export KUBECONFIG=${kubeconfigPath}`)
  const alive = setInterval(() => undefined, 60_000)
  await Promise.race([interrupted.wished, operator.exited])
  clearInterval(alive)
}

const runOperator = async (demo: Demo, cluster: DemoCluster): Promise<void> => {
  const { args, print, interrupted } = demo
  print.restart()
  const operator = await startOperator({
    kubeconfigPath: cluster.operatorKubeconfigPath,
    ...(cluster.releaseEnv === undefined ? {} : { env: cluster.releaseEnv }),
  })
  const watching = new AbortController()
  try {
    const converged = converge(demo, cluster, operator, watching.signal).then(() => true)
    if ((await interrupted.during(converged)) === true && args.keep)
      await stay(demo, cluster, operator)
  } finally {
    watching.abort()
    await operator.stop()
  }
}

const inCluster = async (demo: Demo, cluster: DemoCluster): Promise<void> => {
  const { args, print, interrupted } = demo
  print.step('Cluster', cluster.what)
  if (args.claimPath !== undefined) await applyClaim(cluster.client, args.claimPath)
  print.step('Plan', `what the operator will do with ${shownPath(args.configPath)}`)
  const plan = await interrupted.during(planned(args.configPath, cluster))
  if (plan === undefined) return
  const remarks = [...plan.remarks, ...leftOut(configIn(args.configPath))]
  for (const line of remarks) print.note(line)
  if (plan.actions === undefined) throw new Error('The Config cannot be used; see above.')
  for (const line of plan.actions) print.plain(`  ${line}`)
  await runOperator(demo, cluster)
}

const demo = async (args: DemoArguments): Promise<void> => {
  const running: Demo = { args, print: printer(), interrupted: interruption() }
  const { print, interrupted } = running
  // What is wrong with it is said before anything is started.
  configIn(args.configPath)
  print.step('Building', 'the operator')
  await buildBundle()
  print.step(
    'Starting',
    args.embedded ? 'the cluster' : 'the cluster; building it, the first time, takes minutes',
  )
  const starting = startCluster(running)
  const cluster = await interrupted.during(starting)
  // Servers end with this process; a cluster of the user's has to be tidied up.
  if (cluster === undefined && args.kubeconfigPath === undefined) process.exit(130)
  const started = cluster ?? (await starting)
  try {
    if (cluster !== undefined) await inCluster(running, cluster)
  } finally {
    print.progress('stopping')
    await started.stop()
    print.step('Stopped', 'nothing is left running')
  }
}

const main = async (): Promise<void> => {
  const args = demoArguments(process.argv.slice(2))
  if (args.help) process.stdout.write(demoHelp)
  else await demo(args)
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
