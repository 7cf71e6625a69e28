import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { KubeObject } from '../model'

/** An object as we applied it, and as kube-apiserver 1.35 and its controllers had it three seconds later. */
export type RealServerAnswer = { readonly desired: KubeObject; readonly live: KubeObject }

/** Every object of a configuration with much in it, applied to a real control plane; secret values are digests. */
export const realServerAnswers: ReadonlyArray<RealServerAnswer> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'real-server-answers.json'), 'utf8'),
) as ReadonlyArray<RealServerAnswer>
