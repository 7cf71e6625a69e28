import { setTimeout as sleep } from 'node:timers/promises'

import { missingPrerequisites } from '../cluster/build'
import { buildBundle, runCommand } from '../harness/bundle'
import { type OperatorProcess, releaseEnv, startOperator } from '../harness/operator-process'
import { type DemoArguments, demoArguments, demoHelp } from './demo-arguments'
import type { DemoCluster } from './demo-cluster'
import { embeddedCluster } from './embedded-cluster'
import { givenCluster } from './given-cluster'
import { type Printer, printer } from './printer'
import { realCluster } from './real-cluster'
import { applyClaim, applyConfig, configIn } from './sample'
import { summary } from './summary'
import { type Progress, watchProgress } from './watch-progress'

const timeoutMs = 120_000
/** How long a Degraded condition must stand before the demo believes it. */
const degradedMs = 4_000

const chooseCluster = async (args: DemoArguments, print: Printer): Promise<DemoCluster> => {
  if (args.kubeconfigPath !== undefined) return givenCluster(args.kubeconfigPath, print)
  const missing = missingPrerequisites()
  if (!args.embedded && missing.length === 0) return realCluster(print, args.keep)
  for (const line of args.embedded ? [] : missing) print.event('!', line)
  return embeddedCluster(print)
}

const is = (progress: Progress, type: string): boolean =>
  progress.conditions().some((condition) => condition.type === type && condition.status === 'True')

/** Waits until the registry is ready; otherwise says why it is not. */
const untilReady = async (
  progress: Progress,
  operator: OperatorProcess,
): Promise<string | undefined> => {
  const deadline = Date.now() + timeoutMs
  let degradedSince: number | undefined
  for (;;) {
    if (is(progress, 'Ready')) return undefined
    degradedSince = is(progress, 'Degraded') ? (degradedSince ?? Date.now()) : undefined
    if (degradedSince !== undefined && Date.now() - degradedSince > degradedMs)
      return 'The registry is Degraded; the condition above says what to do.'
    if (Date.now() > deadline) return `The registry is not ready after ${timeoutMs / 1000} s.`
    const ended = await Promise.race([sleep(50, 'running'), operator.exited])
    if (ended !== 'running') return `The operator ended:\n${operator.log().slice(-5).join('\n')}`
  }
}

const showPlan = async (args: DemoArguments, cluster: DemoCluster, print: Printer): Promise<void> => {
  const { code, stdout, stderr } = await runCommand(
    ['plan', '--summary', '--kubeconfig', cluster.kubeconfigPath, '--config', args.configPath],
    releaseEnv,
  )
  for (const line of stderr.split('\n').filter((text) => text !== '')) print.event('!', line)
  if (code === 1) throw new Error('The Config cannot be used; see above.')
  for (const line of stdout.split('\n').filter((text) => text !== '')) print.plain(`  ${line}`)
}

const converge = async (
  args: DemoArguments,
  cluster: DemoCluster,
  print: Printer,
): Promise<OperatorProcess> => {
  if (args.claimPath !== undefined) await applyClaim(cluster.client, args.claimPath)
  print.step('Plan', `what the operator will do with ${args.configPath}`)
  await showPlan(args, cluster, print)
  const operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  const watching = new AbortController()
  try {
    print.step('Operator', `started, process ${operator.pid}; now the Config is applied`)
    print.restart()
    const progress = watchProgress(cluster.client, print, watching.signal)
    await applyConfig(cluster.client, configIn(args.configPath))
    const problem = await untilReady(progress, operator)
    if (problem !== undefined) throw new Error(problem)
    print.step('Done', summary(await operator.metrics(), progress.made, print.elapsedMs()))
    return operator
  } catch (error) {
    await operator.stop()
    throw error
  } finally {
    watching.abort()
  }
}

const untilInterrupted = (): Promise<void> =>
  new Promise((resolve) => {
    const alive = setInterval(() => {}, 60_000)
    process.once('SIGINT', () => {
      clearInterval(alive)
      resolve()
    })
  })

const stay = async (cluster: DemoCluster, print: Printer): Promise<void> => {
  print.step('Running', 'until Ctrl-C. In another terminal:')
  print.plain(`  export KUBECONFIG=${cluster.kubeconfigPath}`)
  await untilInterrupted()
}

const demo = async (args: DemoArguments): Promise<void> => {
  const print = printer()
  configIn(args.configPath)
  print.step('Building', 'the operator')
  await buildBundle()
  print.step('Starting', 'the cluster; the first time it is built, which takes minutes')
  const cluster = await chooseCluster(args, print)
  try {
    print.step('Cluster', cluster.what)
    const operator = await converge(args, cluster, print)
    if (args.keep) await stay(cluster, print)
    await operator.stop()
  } finally {
    await cluster.stop()
  }
  print.step('Stopped', 'nothing is left running')
}

const main = async (): Promise<void> => {
  const args = demoArguments(process.argv.slice(2))
  if (args.help) process.stdout.write(demoHelp)
  else await demo(args)
}

main().catch((error: unknown) => {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
