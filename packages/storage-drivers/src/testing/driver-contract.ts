import { ENSURE_LAWS } from './contract-ensure'
import { OBSERVE_LAWS } from './contract-observe'
import { REMOVE_LAWS } from './contract-remove'
import type { ContractServer, SuiteFunctions } from './contract-server'

/** The laws of every storage driver, tried on one of them and a server of its kind. */
export const driverContract = (
  name: string,
  start: () => Promise<ContractServer>,
  { describe, it, beforeAll, afterAll }: SuiteFunctions,
): void => {
  describe(`the contract of storage drivers: ${name}`, () => {
    let server: ContractServer | undefined
    const running = (): ContractServer => {
      if (server === undefined) throw new Error('the server has not started')
      return server
    }
    beforeAll(async () => {
      server = await start()
    })
    afterAll(async () => {
      await server?.close()
    })
    for (const law of [...OBSERVE_LAWS, ...ENSURE_LAWS, ...REMOVE_LAWS])
      it(law.name, () => law.holds(running()))
  })
}
