import { createHash } from 'node:crypto'

import type { Manifest } from './manifest'
import type { CompatibilityCase } from './case'
import { fieldAt, type Fields, isFields, withoutMembers } from './fields'
import { identityOf } from './merged-facts'
import { at, byText, everyText, inOrder, type Step, textAs } from './steps'

const metadataOfServer = [
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]
const annotationsOfOthers = [
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
  'openshift.io/host.generated',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
  'service.alpha.openshift.io/serving-cert-signed-by',
  'service.beta.openshift.io/serving-cert-signed-by',
]
const digestAnnotations = [
  'imageregistry.operator.openshift.io/checksum',
  'imageregistry.operator.openshift.io/dependencies-checksum',
  'operator.openshift.io/spec-hash',
]
/** The kinds whose status an operator of the registry writes. */
const kindsWithStatus = ['ClusterOperator', 'Config', 'Image', 'ImagePruner']

const digestOf = (bytes: Buffer | string): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const withoutEmpty =
  (member: string): Step =>
  (object) => {
    const inner = fieldAt(object, member)
    return isFields(inner) && Object.keys(inner).length === 0
      ? withoutMembers(object, [member])
      : object
  }

const annotations: Step = (metadata) =>
  withoutEmpty('annotations')(
    inOrder(
      at('annotations')((all) => withoutMembers(all, annotationsOfOthers)),
      ...digestAnnotations.map((key) => at('annotations', key)(() => 'digest')),
    )(metadata),
  )

const metadata: Step = inOrder(
  at('metadata')((each) => withoutMembers(each, metadataOfServer)),
  at('metadata')(annotations),
  at('spec', 'template', 'metadata')((each) => withoutMembers(each, ['creationTimestamp'])),
  at('spec', 'template', 'metadata')(annotations),
)

const secretText = textAs(digestOf)
const secretBytes = textAs((base64) => digestOf(Buffer.from(base64, 'base64')))

/** A secret that nobody gave is random; one that was given has a digest. */
const httpSecret = (given: unknown): Step =>
  typeof given === 'string' && given !== '' ? secretText : textAs(() => 'random')

/** The same for what already is a digest. */
const generated = (given: unknown): Step =>
  typeof given === 'string' && given !== '' ? (digest) => digest : textAs(() => 'random')

/** How a script is written is its author's own; what it does is for other tests to say. */
const withoutScript: Step = (args) => {
  if (!Array.isArray(args) || args[0] !== '-c') return args
  const all: ReadonlyArray<unknown> = args
  return ['-c', 'script', ...all.slice(2)]
}

const httpSecretVariable =
  (given: unknown): Step =>
  (variable) =>
    fieldAt(variable, 'name') === 'REGISTRY_HTTP_SECRET'
      ? at('value')(httpSecret(given))(variable)
      : variable

const sortedLines = textAs((message) => message.split('\n').sort().join('\n'))

const status: Step = inOrder(
  at('status', 'conditions', '*')((each) => withoutMembers(each, ['lastTransitionTime'])),
  // Which of the controllers came first is chance.
  at('status', 'conditions')(byText((condition) => fieldAt(condition, 'type'))),
  at('status', 'generations', '*')((each) => withoutMembers(each, ['lastGeneration'])),
  at('status', 'generations')(byText((generation) => fieldAt(generation, 'resource'))),
)

const observedGeneration =
  (generation: unknown): Step =>
  (observed) =>
    observed === generation ? 'current' : 'behind'

const serverFields = ['clusterIP', 'clusterIPs', 'volumeName']

const ofKind = (kind: string, httpSecretGiven: unknown): Step => {
  switch (kind) {
    case 'Secret':
      return inOrder(
        at('data', '*')(secretBytes),
        at('data', 'REGISTRY_HTTP_SECRET')(generated(httpSecretGiven)),
      )
    case 'CronJob':
      return at(
        'spec',
        'jobTemplate',
        'spec',
        'template',
        'spec',
        'containers',
        '*',
        'args',
      )(withoutScript)
    case 'Route':
      return inOrder(
        at('spec', 'tls', 'key')(secretText),
        at('spec', 'tls', 'certificate')(secretText),
        at('spec', 'tls', 'caCertificate')(secretText),
      )
    case 'Config':
      return at('spec', 'httpSecret')(httpSecret(httpSecretGiven))
    case 'Deployment':
      return at(
        'spec',
        'template',
        'spec',
        'containers',
        '*',
        'env',
        '*',
      )(httpSecretVariable(httpSecretGiven))
    case 'ClusterOperator':
      return at('status', 'conditions', '*', 'message')(sortedLines)
    case 'PersistentVolumeClaim':
    case 'Service':
      return at('spec')((spec) => withoutMembers(spec, serverFields))
    default:
      return (object) => object
  }
}

/** The certificate authority of service-ca is another one in each cluster. */
const serviceCaOf = (objects: ReadonlyArray<Manifest>): string | undefined => {
  const bundle = objects.find((object) => identityOf(object).endsWith('/serviceca'))
  const text = fieldAt(bundle, 'data', 'service-ca.crt')
  return typeof text === 'string' && text !== '' ? text : undefined
}

/** Where storage is made without a name, some clouds give it one that ends in random letters. */
const randomName = /\b([a-z0-9-]+-image-registry-)[a-z-]{20,}\b/g

/**
 * What is left of the objects of a cluster when everything is taken away that differs between two runs
 * of the same operator, sorted. Secret values are replaced by their digests.
 */
export const normalised = (
  objects: ReadonlyArray<Manifest>,
  { config }: Pick<CompatibilityCase, 'config'>,
): ReadonlyArray<Fields> => {
  const serviceCa = serviceCaOf(objects)
  const named = (text: string): string =>
    (serviceCa === undefined ? text : text.replaceAll(serviceCa, 'service CA\n')).replaceAll(
      randomName,
      '$1random',
    )
  return [...objects]
    .sort((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1))
    .map(
      (object) =>
        inOrder(
          at(
            'status',
            'observedGeneration',
          )(observedGeneration(fieldAt(object, 'metadata', 'generation'))),
          metadata,
          kindsWithStatus.includes(object.kind)
            ? status
            : (each) => withoutMembers(each, ['status']),
          ofKind(object.kind, config?.['httpSecret']),
          everyText(named),
          // Every step keeps an object an object.
        )(object) as Fields,
    )
}
