import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { ownedContent } from '../fields/owned-content'
import type { ApplyObject, ClusterFacts, Config, JsonObject, KubeObject, Plan } from '../model'
import { isJsonObject, names } from '../model'
import { aConfig, someContent, someFacts } from '../testing'
import { anObservation } from '../testing/live-objects'
import { renderConfig } from '../testing/render-config'
import { applied, treeOf } from '../testing/server-side-apply'
import { plan } from './plan'

const SECRET = 'sha256:0000000000000000000000000000000000000000000000000000000000000000'

const config = (changes: Partial<Config> = {}): Config =>
  aConfig({ httpSecret: { _tag: 'FromSpec', digest: SECRET }, ...changes })

const deploymentOf = (given: Config, facts: ClusterFacts): KubeObject => {
  const found = renderConfig(given, facts).objects.find(
    ({ object }) => object.kind === 'Deployment',
  )
  if (found === undefined) throw new Error('no Deployment')
  return found.object
}

const withText = (object: KubeObject, from: string, to: string): KubeObject =>
  JSON.parse(JSON.stringify(object).replaceAll(from, to)) as KubeObject

const checksumIn = (object: KubeObject): string => {
  const { template } = object['spec'] as { readonly template: KubeObject }
  return template.metadata.annotations?.[names.DEPENDENCIES_ANNOTATION] ?? ''
}

/** The Deployment as the original operator leaves it. */
const asOriginal = (httpSecret = SECRET): KubeObject => {
  const ours = deploymentOf(config(), someFacts())
  const reference = JSON.stringify({
    name: names.HTTP_SECRET_KEY,
    valueFrom: {
      secretKeyRef: { key: names.HTTP_SECRET_KEY, name: names.PRIVATE_CONFIGURATION_SECRET },
    },
  })
  const literal = JSON.stringify({ name: names.HTTP_SECRET_KEY, value: httpSecret })
  const object = withText(withText(ours, reference, literal), checksumIn(ours), 'sha256:theirs')
  return {
    ...object,
    metadata: {
      ...object.metadata,
      uid: 'u',
      resourceVersion: '1',
      managedFields: [
        {
          manager: names.ORIGINAL_FIELD_MANAGER,
          operation: 'Update',
          fieldsV1: treeOf(ownedContent(object)),
        },
      ],
    },
  }
}

const planFor = (live: KubeObject, given = config(), facts = someFacts()): Plan =>
  plan(renderConfig(given, facts), {
    ...anObservation([live]),
    config: E.right(given),
    facts,
  }).filter(({ ref }) => ref.kind === 'Deployment')

const only = (actions: Plan): ApplyObject => {
  const [action] = actions
  if (action?._tag !== 'ApplyObject') throw new Error('no application')
  return action
}

const changedValues = (action: ApplyObject): ReadonlyArray<string> =>
  action.changes.filter(({ why }) => why !== 'not-owned').map(({ path }) => path)

/** What is live once the plan is done: the original operator is left nothing. */
const after = (live: KubeObject): KubeObject => {
  const { desired } = only(planFor(live))
  const freed = { ...live, metadata: { ...live.metadata, managedFields: [] } }
  return applied(desired.object, freed)
}

describe('pods that the original operator started', () => {
  it('are left running: nothing in their template changes', () => {
    const paths = changedValues(only(planFor(asOriginal())))
    expect(paths.filter((path) => path.startsWith('spec.template'))).toEqual([])
  })

  it('are left running for good, and nothing is written again', () => {
    expect(planFor(after(asOriginal()))).toEqual([])
  })

  it('are left running when an operator was stopped in the middle of taking over', () => {
    const { metadata, ...theirs } = asOriginal()
    const half = { ...theirs, metadata: { ...metadata, managedFields: [] } }
    const paths = changedValues(only(planFor(half)))
    expect(paths.filter((path) => path.startsWith('spec.template'))).toEqual([])
    const elsewhere = withText(half, SECRET, SECRET.replace('0', '1'))
    expect(only(planFor(elsewhere)).desired.object).toEqual(deploymentOf(config(), someFacts()))
  })

  it('are left running when we have held the Deployment before', () => {
    const theirs = asOriginal()
    const left = { spec: { template: { metadata: { annotations: { a: 'b' } } } } }
    const held = (manager: string, operation: string, content: JsonObject): JsonObject => ({
      manager,
      operation,
      fieldsV1: treeOf(content),
    })
    const managedFields = [
      held(names.FIELD_MANAGER, 'Apply', ownedContent(theirs)),
      held(names.ORIGINAL_FIELD_MANAGER, 'Update', left),
    ]
    const live = { ...theirs, metadata: { ...theirs.metadata, managedFields } }
    const { changes, reclaim = [] } = only(planFor(live))
    // Applying takes away what we hold and do not send: the secret in the pods has to be nobody's by then.
    const ours = reclaim.filter(isJsonObject).find(({ op }) => op === 'replace')
    expect(JSON.stringify(ours?.['value'])).toContain('REGISTRY_LOG_LEVEL')
    expect(JSON.stringify(ours?.['value'])).not.toContain(names.HTTP_SECRET_KEY)
    expect(changes.map(({ path }) => path).join()).not.toContain(names.HTTP_SECRET_KEY)
  })

  it('are replaced by ours when something that they read changes', () => {
    const facts = someFacts({
      contents: [
        someContent('Secret', names.SERVING_CERTIFICATE_SECRET, { 'tls.crt': 'new' }),
        ...someFacts().contents,
      ],
    })
    const paths = changedValues(only(planFor(after(asOriginal()), config(), facts)))
    expect(paths).toContain(
      `spec.template.metadata.annotations["${names.DEPENDENCIES_ANNOTATION}"]`,
    )
  })

  it('are replaced by ours when the Config asks for other pods', () => {
    const other = config({ registryLogLevel: 'debug' })
    const { desired } = only(planFor(after(asOriginal()), other))
    expect(desired.object).toEqual(deploymentOf(other, someFacts()))
  })

  it('are replaced by ours when they have another secret than the Config says', () => {
    const { desired } = only(planFor(asOriginal(SECRET.replace('0', '1'))))
    expect(desired.object).toEqual(deploymentOf(config(), someFacts()))
  })

  it('are replaced by ours when somebody changes what was left in them', () => {
    const live = withText(after(asOriginal()), 'sha256:theirs', 'sha256:somebody')
    expect(only(planFor(live)).desired.object).toEqual(deploymentOf(config(), someFacts()))
  })
})

describe('the test’s own idea of the original’s Deployment', () => {
  it('has the secret itself where ours has a reference', () => {
    const text = JSON.stringify(asOriginal())
    expect(text).toContain(`"value":"${SECRET}"`)
    expect(text).not.toContain('secretKeyRef')
  })
})
