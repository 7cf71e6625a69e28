import { join } from 'node:path'

import type { DemoSample } from './demo-cluster'

const here = import.meta.dirname

/** A Config of OpenShift with a history, and the claim that it names. */
export const openshiftSample: DemoSample = {
  configPath: join(here, 'config.yaml'),
  claimPath: join(here, 'claim.yaml'),
}

/** A Config of plain Kubernetes. */
export const kubernetesSample: DemoSample = { configPath: join(here, 'config-on-kubernetes.yaml') }
