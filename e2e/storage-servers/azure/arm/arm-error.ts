import type { ServerResponse } from 'node:http'

import { sendJson } from '../../front/send-json'

/** An error in the form that all of Azure Resource Manager shares. */
export type ArmError = Readonly<{ status: number; code: string; message: string }>

export const armError = (status: number, code: string, message: string): ArmError => ({
  status,
  code,
  message,
})

export const sendArmError = (response: ServerResponse, { status, code, message }: ArmError): void =>
  sendJson(response, status, { error: { code, message } })
