import type { ServerResponse } from 'node:http'

import { sendJson } from '../front/send-json'

/** An error in the form that Google's JSON APIs share. */
export type GoogleError = Readonly<{ status: number; reason: string; message: string }>

export const sendGoogleError = (
  response: ServerResponse,
  { status, reason, message }: GoogleError,
): void =>
  sendJson(response, status, {
    error: { code: status, message, errors: [{ domain: 'global', reason, message }] },
  })
