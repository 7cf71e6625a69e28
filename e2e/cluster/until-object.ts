import { setTimeout as sleep } from 'node:timers/promises'

import type { ClusterClient, KubeObject } from './cluster-client'

const pollMs = 100

/** Reads an object, or a list, until it is there and as expected; returns it as it then is. */
export const untilObject = async (
  client: ClusterClient,
  path: string,
  isExpected: (object: KubeObject) => boolean,
  timeoutMs = 30_000,
): Promise<KubeObject> => {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const { code, body } = await client.request('GET', path)
    if (code === 200 && isExpected(body as KubeObject)) return body as KubeObject
    if (Date.now() > deadline) {
      const last = JSON.stringify(body).slice(0, 2000)
      throw new Error(`${path} is not as expected after ${timeoutMs} ms, but ${code} ${last}`)
    }
    await sleep(pollMs)
  }
}
