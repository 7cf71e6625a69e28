import type { KubeClient } from '@image-registry-operator/apply'
import { decode } from '@image-registry-operator/render'
import type { Release, Snapshot } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { machineQuestion } from '../../pipeline/machine-question'
import { readMachine, unreadMachine } from '../../pipeline/read-machine'

/** On which platform a cluster is depends on no release. */
const ANY_RELEASE: Release = {
  registryImage: '',
  operatorImage: '',
  prunerImage: '',
  version: '',
  imageVersion: '',
}

/** A snapshot with the machine that one node of a plain Kubernetes runs on; as it is where that is of no interest. */
export const withMachine =
  (client: Pick<KubeClient, 'list'>) =>
  (snapshot: Snapshot): T.Task<Snapshot> => {
    const node = machineQuestion(decode(snapshot, ANY_RELEASE).facts)
    return node === undefined
      ? T.of(snapshot)
      : pipe(
          readMachine(client)(node),
          TE.getOrElse(({ why }) => T.of(unreadMachine(why))),
          T.map((machine) => [...snapshot, machine]),
        )
  }
