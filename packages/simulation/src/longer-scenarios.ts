import { consentTo, deletion, editOf, vanishing, type Deed } from './deeds'
import { cleanUpNow } from './jobs'
import { kubernetesScenario, openshiftScenario, type Scenario } from './scenarios'
import { KUBERNETES_WISHES } from './wishes/kubernetes-wishes'
import { OPENSHIFT_WISHES } from './wishes/openshift-wishes'
import type { Wish } from './wishes/wish'

/** The wish of that name. */
const wished = (wishes: ReadonlyArray<Wish>, name: string): Wish => {
  const found = wishes.find((one) => one.name === name)
  if (found === undefined) throw new Error(`nobody wishes ${name}`)
  return found
}

/** One thing is wanted, and once it is there, the others, one after the other. */
const changing = (first: string, ...others: ReadonlyArray<string>): Scenario => {
  const [before, ...after] = [first, ...others].map((name) => wished(OPENSHIFT_WISHES, name))
  if (before === undefined) throw new Error('nothing is wanted')
  return {
    ...openshiftScenario(before),
    name: `${first}, then ${others.join(', then ')}`,
    deeds: after.map((wish, index) =>
      editOf({ before: after[index - 1] ?? before, after: wish }, 'at rest', []),
    ),
  }
}

const doing = (scenario: Scenario, name: string, deeds: ReadonlyArray<Deed>): Scenario => ({
  ...scenario,
  name: `${scenario.name}, ${name}`,
  deeds,
})

const onKubernetes = (name: string): Scenario => {
  const scenario = kubernetesScenario(wished(KUBERNETES_WISHES, name))
  return { ...scenario, name: `plain Kubernetes: ${name}` }
}

/** Histories in which something is done on the way: moves, removals, clean-ups; and plain Kubernetes. */
export const LONGER_SCENARIOS: ReadonlyArray<Scenario> = [
  onKubernetes('a Gateway'),
  changing('S3 that is made', 'Google that is made', 'nothing, and its storage goes as well'),
  changing('Azure that is made', 'S3 that is made', 'a claim that is made', 'to be left alone'),
  changing('IBM that is made', 'nothing, and its storage goes as well', 'two routes'),
  doing(openshiftScenario(wished(OPENSHIFT_WISHES, 'Swift that is made')), 'deleted', [deletion]),
  doing(openshiftScenario(wished(OPENSHIFT_WISHES, 'S3 that is made')), 'vanished', [
    vanishing('s3/images/bucket'),
  ]),
  doing(openshiftScenario(wished(OPENSHIFT_WISHES, 'S3 that is made')), 'made anew', [
    vanishing('s3/images/bucket'),
    consentTo('s3/images'),
  ]),
  doing(onKubernetes('a clean-up'), 'which finds garbage', [cleanUpNow]),
]
