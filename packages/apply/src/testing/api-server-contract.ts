import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'

import * as E from 'fp-ts/Either'

import { httpKubeClient, openExchange, type ConnectionSource } from '../client/http-kube-client'
import { isServed } from '../observe/served'
import { APPLY_BEHAVIOURS } from './contract-apply'
import {
  applyAs,
  eventually,
  removeNow,
  live,
  succeed,
  type Behaviour,
  type ContractContext,
} from './contract-context'
import { CUSTOM_BEHAVIOURS, definition, widgets } from './contract-custom'
import { OBJECT_BEHAVIOURS } from './contract-objects'
import { WATCH_BEHAVIOURS } from './contract-watch'

/** A server that the contract is tried on. One of the three says where it is. */
export type ContractServer = {
  readonly kubeconfigPath?: string
  readonly url?: string
  /** In this very process. */
  readonly connection?: Pick<ContractContext, 'client' | 'exchange'>
  readonly close: () => Promise<void>
}

/** What is used of a test framework; vitest's own functions fit. */
export type SuiteFunctions = {
  readonly describe: (name: string, body: () => void) => void
  readonly it: (name: string, body: () => Promise<void>) => void
  readonly beforeAll: (body: () => Promise<void>) => void
  readonly afterAll: (body: () => Promise<void>) => void
}

/** What the operator and its tests rely on. Needs no controllers but the garbage collector and the namespace controller. */
const API_SERVER_BEHAVIOURS: ReadonlyArray<Behaviour> = [
  ...OBJECT_BEHAVIOURS,
  ...APPLY_BEHAVIOURS,
  ...WATCH_BEHAVIOURS,
  ...CUSTOM_BEHAVIOURS,
]

const sourceOf = ({ kubeconfigPath, url = '' }: ContractServer): ConnectionSource =>
  kubeconfigPath === undefined ? { _tag: 'Url', url } : { _tag: 'File', path: kubeconfigPath }

const connected = (server: ContractServer): Pick<ContractContext, 'client' | 'exchange'> => {
  const source = sourceOf(server)
  const client = httpKubeClient({ source, userAgent: 'api-server-contract/1.0' })
  const exchange = openExchange(source)
  return E.isRight(client) && E.isRight(exchange)
    ? { client: client.right, exchange: exchange.right }
    : assert.fail('no connection')
}

const contextOf = (server: ContractServer): ContractContext => {
  const unique = `x${randomBytes(4).toString('hex')}`
  return { ...(server.connection ?? connected(server)), unique, namespace: `contract-${unique}` }
}

const namespaceOf = ({ namespace }: ContractContext) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace },
})

const prepare = async (context: ContractContext): Promise<void> => {
  await succeed(applyAs(context)('contract', namespaceOf(context)))
  await succeed(applyAs(context)('contract', definition(context)))
  await eventually('the custom kind is served', async () =>
    isServed(await succeed(context.client.discover))(widgets(context)),
  )
  await eventually('the custom kind can be listed', async () =>
    E.isRight(await context.client.list(widgets(context))()),
  )
}

const cleanUp = async (context: ContractContext): Promise<void> => {
  await removeNow(context, await live(context, definition(context)))()
  await removeNow(context, await live(context, namespaceOf(context)))()
  context.client.close()
  context.exchange.close()
}

/**
 * The contract of an API server, as one suite. The in-memory server and a real one are held against the
 * same lines; where they differ, the real one is right.
 */
export const apiServerContract = (
  name: string,
  makeServer: () => Promise<ContractServer>,
  { describe, it, beforeAll, afterAll }: SuiteFunctions,
): void => {
  describe(`the contract of an API server: ${name}`, () => {
    let server: ContractServer | undefined
    let context: ContractContext | undefined
    beforeAll(async () => {
      server = await makeServer()
      context = contextOf(server)
      await prepare(context)
    })
    afterAll(async () => {
      if (context !== undefined) await cleanUp(context)
      await server?.close()
    })
    API_SERVER_BEHAVIOURS.forEach((behaviour) =>
      it(behaviour.name, () =>
        context === undefined ? assert.fail('the server did not start') : behaviour.run(context),
      ),
    )
  })
}
