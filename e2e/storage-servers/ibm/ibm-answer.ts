import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

import { sendJson } from '../front/send-json'

/** What one of the management services answers. */
export type IbmAnswer = Readonly<{ status: number; body?: unknown }>

/** A refusal in the words of the resource controller; each has another transaction. */
export const rcError = (status: number, code: string, message: string): IbmAnswer => ({
  status,
  body: { message, status_code: status, error_code: code, transaction_id: `bss-${randomUUID()}` },
})

/** A refusal in the words of the resource manager. */
export const rmError = (status: number, code: string, message: string): IbmAnswer => ({
  status,
  body: { errors: [{ code, message }], status_code: status, trace: randomUUID() },
})

/** A refusal in the words of IAM. */
export const iamError = (status: number, errorCode: string, errorMessage: string): IbmAnswer => ({
  status,
  body: { errorCode, errorMessage, context: { requestId: randomUUID() } },
})

export const send = (response: ServerResponse, { status, body }: IbmAnswer): void => {
  if (body === undefined) response.writeHead(status).end()
  else sendJson(response, status, body)
}

/** A page of a list, and where the next one is. */
export const page = <A>(
  all: ReadonlyArray<A>,
  { path, query, size }: Readonly<{ path: string; query: URLSearchParams; size: number }>,
): IbmAnswer => {
  const asked = Number(query.get('limit') ?? '100')
  if (!Number.isInteger(asked) || asked < 1 || asked > 100)
    return rcError(400, 'RC-InvalidLimit', 'limit must be between 1 and 100')
  const start = Number(query.get('start') ?? '0')
  const limit = Math.min(asked, size)
  const resources = all.slice(start, start + limit)
  const isLast = start + limit >= all.length
  return {
    status: 200,
    body: {
      rows_count: resources.length,
      next_url: isLast ? null : `${path}?start=${start + limit}&limit=${limit}`,
      resources,
    },
  }
}
