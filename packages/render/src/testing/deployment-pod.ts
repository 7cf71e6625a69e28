import * as E from 'fp-ts/Either'

import type { ClusterFacts, Config, JsonObject } from '../model'
import { podTemplate } from '../objects/deployment/pod-template'
import { storageContribution } from '../objects/storage/storage-contribution'

type Variable = { readonly name: string; readonly value?: unknown }

/** What tests look at of the registry's pod. */
type Pod = {
  readonly annotations: unknown
  readonly spec: JsonObject
  readonly container: JsonObject & { readonly env: ReadonlyArray<Variable> }
}

/** The pod of the registry, where its storage can be said. */
export const deploymentPod = (config: Config, facts: ClusterFacts): Pod => {
  const storage = storageContribution(config, facts)
  if (E.isLeft(storage)) throw new Error(`no pod: ${storage.left._tag}`)
  // The template is ours: a test that reads another shape of it fails at once.
  const { metadata, spec } = podTemplate(config, facts, {
    fsGroup: 1000,
    storage: storage.right,
  }) as unknown as {
    readonly metadata: { readonly annotations: unknown }
    readonly spec: JsonObject & { readonly containers: readonly [Pod['container']] }
  }
  return { annotations: metadata.annotations, spec, container: spec.containers[0] }
}
