import { spawn } from 'node:child_process'

import type { AuditEvent } from '../cluster/audit-log'
import type { ControlPlane } from '../cluster/control-plane'
import { requestsOf } from '../cluster/requests'
import { eventually } from '../harness/eventually'
import { OPERATOR_USER } from '../harness/openshift-cluster'
import { startImageOperator } from './image-operator'
import type { ImageProgram } from './image-program'
import { processorTime } from './process-memory'

/** One start, in milliseconds. */
export type StartTime = Readonly<{
  /** From the start of the process until the API server receives the first watch. */
  firstWatch: number
  /** How long processors were busy with it until then, and a moment longer. */
  processors: number
  /** What Node takes just before that to start, do nothing and end: how fast the machine is at the moment. */
  node: number
}>

type Starting = Readonly<{
  controlPlane: Pick<ControlPlane, 'auditEvents'>
  kubeconfigPath: string
}>

const emptyRun = (image: ImageProgram): Promise<number> =>
  new Promise((resolve, reject) => {
    const since = performance.now()
    const { program, args } = image.node('-e', '0')
    spawn(program, args, { env: image.environment, stdio: 'ignore' })
      .once('error', reject)
      .once('exit', () => resolve(performance.now() - since))
  })

const firstWatchSince = async (
  { controlPlane }: Starting,
  from: Date,
): Promise<AuditEvent | undefined> =>
  requestsOf(await controlPlane.auditEvents(), { user: OPERATOR_USER, from })
    .filter(({ verb }) => verb === 'watch')
    .sort((a, b) => a.time.getTime() - b.time.getTime())[0]

/** Starts the operator of the image, until it has sent its first watch; it does not get as far as to write. */
const startTime = async (image: ImageProgram, starting: Starting): Promise<StartTime> => {
  const node = await emptyRun(image)
  const from = new Date()
  const operator = startImageOperator(image, starting)
  try {
    const { time } = await eventually('a watch', () => firstWatchSince(starting, from))
    const processors = await processorTime(operator.pid)
    return { firstWatch: time.getTime() - from.getTime(), processors, node }
  } finally {
    await operator.kill()
  }
}

/** The one in the middle. */
export const median = (numbers: ReadonlyArray<number>): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN

/** As many starts, one after the other. */
export const startTimes = async (
  image: ImageProgram,
  starting: Starting,
  count: number,
): Promise<ReadonlyArray<StartTime>> => {
  const times: StartTime[] = []
  for (let made = 0; made < count; made += 1) times.push(await startTime(image, starting))
  return times
}
