import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

import { sendJson } from '../../front/send-json'

/** What a finished operation has to say: a resource, or nothing after a deletion. */
type Result = () => unknown

/** Operations that take their time, as Azure's do. */
export type Operations = Readonly<{
  /** Begins one; `effect` comes to pass when it is over. Returns its id. */
  begin: (effect: () => Promise<void> | void, result: Result) => string
  /** Answers whoever asks where an operation stands; false if there is none of this id. */
  answerStatus: (id: string, response: ServerResponse) => boolean
  /** Answers whoever waits for the result of an operation; false if there is none of this id. */
  answerResult: (id: string, response: ServerResponse) => boolean
  /** Ends all of them, done or not. */
  stop: () => void
}>

type Operation = Readonly<{ isDone: boolean; result: Result }>

/** Each takes `operationMs`; whoever asks before is told to ask again at once. */
export const operations = (operationMs: number): Operations => {
  const known = new Map<string, Operation>()
  const timers = new Set<NodeJS.Timeout>()
  const again = { 'Retry-After': '0' }
  return {
    begin: (effect, result) => {
      const id = randomUUID()
      known.set(id, { isDone: false, result })
      const finish = async (): Promise<void> => {
        await effect()
        known.set(id, { isDone: true, result })
      }
      timers.add(setTimeout(() => void finish(), operationMs))
      return id
    },
    answerStatus: (id, response) => {
      const operation = known.get(id)
      if (operation === undefined) return false
      const status = operation.isDone ? 'Succeeded' : 'InProgress'
      sendJson(response, 200, { status }, operation.isDone ? {} : again)
      return true
    },
    answerResult: (id, response) => {
      const operation = known.get(id)
      if (operation === undefined) return false
      if (!operation.isDone) {
        const { url = '' } = response.req
        const location = `https://management.azure.com${url}`
        response.writeHead(202, { ...again, Location: location, 'Content-Length': 0 }).end()
        return true
      }
      const result = operation.result()
      if (result === undefined) response.writeHead(204).end()
      else sendJson(response, 200, result)
      return true
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
