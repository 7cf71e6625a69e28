import { setTimeout as sleep } from 'node:timers/promises'

import { buildBundle } from '../harness/bundle'
import { type DemoArguments, demoArguments, demoHelp } from './demo-arguments'
import type { DemoCluster } from './demo-cluster'
import type { DemoOperator } from './demo-operator'
import { type DemoPlace, demoPlace } from './demo-place'
import { embeddedCluster } from './embedded-cluster'
import { shownPath } from './file-problem'
import { givenCluster } from './given-cluster'
import { type Interruption, interruption } from './interruption'
import { nodeCluster } from './node-cluster'
import { planned } from './planned'
import { type Printer, printer } from './printer'
import { applyClaim, applyConfig, configIn, leftOut } from './sample'
import { simulatedCluster } from './simulated-cluster'
import { kindsOf, summary } from './summary'
import { type Progress, watchProgress } from './watch-progress'

const timeoutMs = 120_000
/** How long an error must stand before the demo believes it. */
const errorMs = 4_000

/** A demo that is under way. */
type Demo = Readonly<{
  args: DemoArguments
  place: DemoPlace
  print: Printer
  interrupted: Interruption
}>

const withoutNode = (print: Printer): Promise<DemoCluster> => {
  print.plain('  So nodes are simulated, no pod runs and no image is pushed, as with --openshift:')
  return simulatedCluster(print)
}

const startCluster = async ({ args, place, print }: Demo): Promise<DemoCluster> => {
  for (const line of place.remarks) print.note(line)
  switch (place.cluster) {
    case 'given':
      return givenCluster(args.kubeconfigPath ?? '', print)
    case 'node':
      return (await nodeCluster(print)) ?? withoutNode(print)
    case 'simulated':
      return args.openshift ? simulatedCluster(print) : withoutNode(print)
    case 'embedded':
      if (place.remarks.length > 0) print.plain('  Until then, as with --embedded:')
      return embeddedCluster(print)
  }
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
const untilReady = async (progress: Progress, operator: DemoOperator): Promise<void> => {
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
    const ended = await Promise.race([sleep(50), operator.ended])
    if (ended !== undefined) throw new Error(`The operator does not run:\n${ended}`)
  }
}

const converge = async (
  { args, print }: Demo,
  { client, sample, showRegistry }: DemoCluster,
  operator: DemoOperator,
  signal: AbortSignal,
): Promise<void> => {
  print.step('Operator', `${operator.what}; the Config is applied`)
  const progress = watchProgress(client, print, signal)
  const config = configIn(args.configPath ?? sample.configPath)
  await applyConfig(client, config)
  await untilReady(progress, operator)
  const elapsedMs = print.elapsedMs()
  print.step('Made', kindsOf(progress.made))
  print.step('Done', summary(await operator.metrics(), progress.made, elapsedMs))
  await showRegistry?.(config, print)
}

const stay = async (
  { print, interrupted }: Demo,
  { kubeconfigPath, toTry }: DemoCluster,
  operator: DemoOperator,
): Promise<void> => {
  print.step('Running', 'until Ctrl-C; what changes is shown here. To look around:')
  print.plain(`  export KUBECONFIG=${kubeconfigPath}`)
  for (const line of (await toTry?.()) ?? []) print.plain(`  ${line}`)
  const alive = setInterval(() => undefined, 60_000)
  await Promise.race([interrupted.wished, operator.ended])
  clearInterval(alive)
}

const runOperator = async (demo: Demo, cluster: DemoCluster): Promise<void> => {
  const { args, print, interrupted } = demo
  print.restart()
  const operator = await cluster.startOperator()
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
  const { configPath, claimPath } =
    args.configPath === undefined ? cluster.sample : { configPath: args.configPath }
  if (claimPath !== undefined) await applyClaim(cluster.client, claimPath)
  print.step('Plan', `what the operator will do with ${shownPath(configPath)}`)
  const plan = await interrupted.during(planned(configPath, cluster))
  if (plan === undefined) return
  const remarks = [...plan.remarks, ...leftOut(configIn(configPath))]
  for (const line of remarks) print.note(line)
  if (plan.actions === undefined) throw new Error('The Config cannot be used; see above.')
  for (const line of plan.actions) print.plain(`  ${line}`)
  await runOperator(demo, cluster)
}

const demo = async (args: DemoArguments): Promise<void> => {
  // What is wrong with it is said before anything is started.
  if (args.configPath !== undefined) configIn(args.configPath)
  const place = demoPlace(args)
  const running: Demo = { args, place, print: printer(), interrupted: interruption() }
  const { print, interrupted } = running
  print.step('Building', 'the operator')
  await buildBundle()
  print.step(
    'Starting',
    place.cluster === 'embedded'
      ? 'the cluster'
      : 'the cluster; building it, the first time, takes minutes',
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
