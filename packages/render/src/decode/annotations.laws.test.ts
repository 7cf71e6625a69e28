import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type KubeObject, names, type Problem, type PrunerRefusal } from '../model'
import { runs } from '../testing/effort'
import { mutatedText } from '../testing/mutated-text.arbitrary'
import { someFacts } from '../testing/some-facts'
import { STRANGE_JSON } from '../testing/strange-values'
import { type ConfigRefusal, decodeConfig } from './config/decode-config'
import { decode } from './decode'
import { decodePruner } from './pruner/decode-pruner'

/** What people may say with an annotation, and which values are right. */
const ANNOTATIONS: {
  readonly [kind in 'Config' | 'ImagePruner']: { readonly [name: string]: ReadonlyArray<string> }
} = {
  Config: {
    [names.CLAIM_SIZE_ANNOTATION]: ['100Gi', '1.5e3', '500M'],
    [names.CLAIM_CLASS_ANNOTATION]: ['fast', 'csi.example.com'],
    [names.CLAIM_MODE_ANNOTATION]: ['ReadWriteMany', 'ReadWriteOnce'],
    [names.RECREATE_STORAGE_ANNOTATION]: ['s3/bucket', 'azure/a/b'],
    [names.DELETION_GUARD_ANNOTATION]: ['1Gi', '0'],
    [names.CONFIRM_DELETION_ANNOTATION]: ['gcs/bucket'],
    [names.MAKES_STORAGE_ANNOTATION]: ['s3/bucket'],
    [names.SAID_WRITERS_ANNOTATION]: ['azure/a/b=distribution-3.1,azure/c/d=openshift'],
    [names.WRITERS_ANNOTATION]: ['azure/a/b=distribution-3.1'],
    [names.CERTIFICATE_ISSUER_ANNOTATION]: ['Issuer/a', 'ClusterIssuer/b'],
    [names.AUTHENTICATION_ANNOTATION]: ['none'],
    [names.FIRST_USER_ANNOTATION]: ['none'],
    [names.DEFAULT_HOSTNAME_ANNOTATION]: ['registry.example.com'],
    [names.GATEWAY_ANNOTATION]: ['ns/gateway', 'ns/gateway/https'],
    [names.INGRESS_CLASS_ANNOTATION]: ['nginx'],
  },
  ImagePruner: {
    [names.READ_ONLY_WINDOW_ANNOTATION]: ['1m', '1h30m', '24h'],
    [names.DELETE_UNTAGGED_ANNOTATION]: ['true', 'false'],
  },
}

/** Those about a storage that is there already never keep a Config from being used. */
const NEVER_REFUSED: ReadonlyArray<string> = [
  names.RECREATE_STORAGE_ANNOTATION,
  names.DELETION_GUARD_ANNOTATION,
  names.CONFIRM_DELETION_ANNOTATION,
  names.MAKES_STORAGE_ANNOTATION,
  names.SAID_WRITERS_ANNOTATION,
  names.WRITERS_ANNOTATION,
]

const SPECS = {
  Config: {
    managementState: 'Managed',
    replicas: 1,
    storage: { pvc: { claim: '' } },
    defaultRoute: true,
  },
  ImagePruner: {},
}

const facts = someFacts({ platform: 'Kubernetes' })

const resourceWith = (
  kind: keyof typeof SPECS,
  annotations: { readonly [name: string]: string },
): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind,
  metadata: { name: names.SINGLETON_NAME, uid: 'u', annotations },
  spec: SPECS[kind],
})

const problemsIn = (error: ConfigRefusal | PrunerRefusal): ReadonlyArray<Problem> =>
  'problems' in error ? error.problems : []

const problemsOf = (resource: KubeObject): ReadonlyArray<Problem> => {
  if (resource.kind === 'Config') {
    const config = decodeConfig(resource, facts)
    return E.isLeft(config) ? problemsIn(config.left) : []
  }
  const pruner = decodePruner(resource, 'Kubernetes')
  return E.isLeft(pruner) ? problemsIn(pruner.left) : []
}

const CASES = Object.entries(ANNOTATIONS).flatMap(([kind, annotations]) =>
  Object.entries(annotations).map(
    // They are the keys of the table.
    ([name, valid]) => [name, kind as keyof typeof SPECS, valid] as const,
  ),
)

const pathOf = (name: string): string => `metadata.annotations["${name}"]`

describe.each(CASES)('the annotation %s', (name, kind, valid) => {
  it('is taken with a value that is right', () => {
    valid.forEach((text) => expect(problemsOf(resourceWith(kind, { [name]: text }))).toEqual([]))
  })

  const strange = STRANGE_JSON.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))

  it('is taken or refused by its name, in few words, whatever its value is', () => {
    const texts = fc.oneof(fc.constantFrom(...strange), mutatedText(valid), fc.string())
    fc.assert(
      fc.property(texts, (text) => {
        const resource = resourceWith(kind, { [name]: text })
        const problems = problemsOf(resource)
        expect(new Set(problems.map(({ path }) => path)).size).toBeLessThanOrEqual(
          NEVER_REFUSED.includes(name) ? 0 : 1,
        )
        problems.forEach(({ path, message, remedy }) => {
          expect(path).toBe(pathOf(name))
          expect(message.length).toBeLessThan(400)
          expect(remedy).not.toBe('')
        })
        expect(decode([resource], facts.release).unreadable).toEqual([])
      }),
      { numRuns: runs(40) },
    )
  })
})

describe('annotations that are all wrong', () => {
  it.each(['Config', 'ImagePruner'] as const)('are all named: %s', (kind) => {
    const all = Object.keys(ANNOTATIONS[kind])
    const wrong = Object.fromEntries(all.map((name) => [name, '%no such thing%']))
    const paths = problemsOf(resourceWith(kind, wrong)).map(({ path }) => path)
    expect([...paths].sort()).toEqual(
      all
        .filter((name) => !NEVER_REFUSED.includes(name))
        .map(pathOf)
        .sort(),
    )
  })
})
