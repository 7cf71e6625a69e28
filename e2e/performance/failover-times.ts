import { applyConfig } from '../harness/config-status'
import {
  type Replica,
  type ReplicaPlace,
  startReplica,
  untilLeading,
  untilWaiting,
  untilWork,
} from '../harness/faults/replicas'

/** How a leader ends. */
export type End = 'SIGTERM' | 'SIGKILL'

/** From the signal to the leader until the other one sends its first write, in milliseconds; it has something to do from then on. */
const failoverTime = async (
  { client }: ReplicaPlace,
  [leader, other]: readonly [Replica, Replica],
  { end, spec }: Readonly<{ end: End; spec: object }>,
): Promise<number> => {
  const at = Date.now()
  process.kill(leader.operator.pid, end)
  await leader.operator.exited
  await applyConfig(client, spec)
  const { at: written } = await untilWork(other, at)
  return written - at
}

export type Failovers = Readonly<{
  end: End
  count: number
  /** Of a Config that works; each time something that takes writes is another. */
  spec: object
}>

/** As many changes of leadership, one after the other, between two that are there all the time. */
export const failoverTimes = async (
  place: ReplicaPlace,
  { end, count, spec }: Failovers,
): Promise<ReadonlyArray<number>> => {
  const times: number[] = []
  let leader = await startReplica(place, `${end.toLowerCase()}-0`)
  try {
    await untilLeading(leader)
    for (let done = 0; done < count; done += 1) {
      const other = await startReplica(place, `${end.toLowerCase()}-${done + 1}`)
      const former = leader
      leader = other
      try {
        await untilWaiting(other)
        const changed = { ...spec, resources: { requests: { memory: `${done + 1}Mi` } } }
        times.push(await failoverTime(place, [former, other], { end, spec: changed }))
      } finally {
        await former.remove()
      }
    }
  } finally {
    await leader.operator.stop()
    await leader.remove()
  }
  return times
}
