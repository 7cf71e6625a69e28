import type { ServerResponse } from 'node:http'

type Headers = Readonly<Record<string, string>>

/** Answers with JSON, and with headers besides its type and length. */
export const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Headers = {},
): void => {
  const text = JSON.stringify(body)
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=UTF-8',
      'Content-Length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text)
}
