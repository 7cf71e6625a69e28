import { type OperatorOptions, startOperator } from '../harness/operator-process'

/** The operator of a demo, however it runs. */
export type DemoOperator = Readonly<{
  /** How it runs, for a person. */
  what: string
  /** Resolves with the last of what it wrote when it has ended, or cannot run. */
  ended: Promise<string>
  /** The text of its metrics. */
  metrics: () => Promise<string>
  stop: () => Promise<void>
}>

/** Starts the operator as a process of this machine. */
export const operatorAsProcess = async (options: OperatorOptions): Promise<DemoOperator> => {
  const { pid, exited, log, metrics, stop } = await startOperator(options)
  return {
    what: `started as process ${pid}`,
    ended: exited.then(() => log().slice(-5).join('\n')),
    metrics,
    stop: async () => {
      await stop()
    },
  }
}
