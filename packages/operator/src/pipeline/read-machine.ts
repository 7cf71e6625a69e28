import type { KubeClient } from '@image-registry-operator/apply'
import {
  isJsonObject,
  names,
  textOf,
  type JsonObject,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

const asObject = (content: JsonObject): KubeObject => ({
  apiVersion: names.SEEN_API_VERSION,
  kind: 'Machine',
  metadata: { name: names.SINGLETON_NAME },
  ...content,
})

/** A node that was read, in the form that decoding expects. */
const machineOf = (node: KubeObject): KubeObject => {
  const { spec } = node
  const providerID = isJsonObject(spec) ? textOf(spec['providerID']) : ''
  return asObject({ spec: { providerID } })
}

/** That it could not be read, in the same form. */
export const unreadMachine = (message: string): KubeObject => asObject({ status: { message } })

/** Why a node has not been read, for people. */
export type MachineError = { readonly _tag: 'NodeNotRead'; readonly why: string }

const notRead = (why: string): MachineError => ({ _tag: 'NodeNotRead', why })

/**
 * Reads one node in full: its `spec.providerID` says in which cloud the cluster is. Nodes are listed by their name, which
 * needs no other permission than watching them.
 */
export const readMachine =
  (client: Pick<KubeClient, 'list'>) =>
  ({ name }: ObjectRef): TE.TaskEither<MachineError, KubeObject> =>
    pipe(
      client.list({ apiVersion: 'v1', kind: 'Node', plural: 'nodes', name }),
      TE.mapLeft((failure) =>
        notRead(
          failure._tag === 'Refused'
            ? `node ${name} cannot be read (${failure.code}: ${failure.message})`
            : `node ${name} cannot be read: the API server does not answer`,
        ),
      ),
      TE.flatMap(({ items: [node] }) =>
        node === undefined
          ? TE.left(notRead(`node ${name} is not there any more`))
          : TE.right(machineOf(node)),
      ),
    )
