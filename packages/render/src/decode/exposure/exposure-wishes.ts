import {
  type ExposureWishes,
  type GatewayListener,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type KubeObject,
  names,
  type Problem,
  textOf,
} from '../../model'
import { showValue } from '../../schema/show-value'

import { annotationProblem, saidWith } from '../annotations'
import type { Asked } from '../asked'
import type { ConfigSpec } from '../codecs/config/config-spec'
import { DNS_NAME, isDnsName } from './dns-name'

const gatewayOf = (text: string): GatewayListener | undefined => {
  const [namespace = '', name = '', listener, ...rest] = text.split('/')
  const isUsable = rest.length === 0 && [namespace, name, listener ?? name].every(isDnsName)
  if (!isUsable) return undefined
  return { namespace, name, ...(listener === undefined ? {} : { listener }) }
}

/** How people want the registry to be reached from outside, said with annotations: the Config has no fields for it. */
export const exposureWishes = (subject: KubeObject): ExposureWishes => {
  const gateway = gatewayOf(saidWith(subject, names.GATEWAY_ANNOTATION))
  const ingressClass = saidWith(subject, names.INGRESS_CLASS_ANNOTATION)
  return {
    defaultHostname: saidWith(subject, names.DEFAULT_HOSTNAME_ANNOTATION),
    ...(gateway === undefined ? {} : { gateway }),
    ...(ingressClass === '' ? {} : { ingressClass }),
  }
}

const gatewayProblems = (text: string): ReadonlyArray<Problem> =>
  text === '' || gatewayOf(text) !== undefined
    ? []
    : [
        annotationProblem(
          names.GATEWAY_ANNOTATION,
          `must be <namespace>/<name> or <namespace>/<name>/<listener>, got ${showValue(text)}`,
          'correct it, or remove it to have Ingresses',
        ),
      ]

const classProblems = (text: string): ReadonlyArray<Problem> =>
  text === '' || isDnsName(text)
    ? []
    : [
        annotationProblem(
          names.INGRESS_CLASS_ANNOTATION,
          `must be the name of an IngressClass (${DNS_NAME}), got ${showValue(text)}`,
          'correct it, or remove it to have the default class',
        ),
      ]

const hostnameProblems = (
  text: string,
  { defaultRoute, routes = [] }: ConfigSpec,
): ReadonlyArray<Problem> => {
  if (defaultRoute !== true || text === '') return []
  const twin = routes.findIndex(({ hostname }) => hostname === text)
  if (twin >= 0)
    return [
      annotationProblem(
        names.DEFAULT_HOSTNAME_ANNOTATION,
        `${showValue(text)} is also the host name of spec.routes[${twin}]`,
        'give the default route a host name of its own, or remove one of the routes',
      ),
    ]
  return isDnsName(text)
    ? []
    : [
        annotationProblem(
          names.DEFAULT_HOSTNAME_ANNOTATION,
          `must be a host name (${DNS_NAME}), got ${showValue(text)}`,
          'correct it',
        ),
      ]
}

/** What is wrong with these annotations, where they count. */
export const exposureProblems = (
  { subject, facts }: Pick<Asked, 'subject' | 'facts'>,
  spec: ConfigSpec,
): ReadonlyArray<Problem> =>
  facts.platform === 'OpenShift'
    ? []
    : [
        ...gatewayProblems(saidWith(subject, names.GATEWAY_ANNOTATION)),
        ...classProblems(saidWith(subject, names.INGRESS_CLASS_ANNOTATION)),
        ...hostnameProblems(saidWith(subject, names.DEFAULT_HOSTNAME_ANNOTATION), spec),
      ]

/** A certificate of a route that nobody will see, since a Gateway has its own. */
export const exposureWarnings = ({ metadata, spec }: JsonObject): ReadonlyArray<Problem> => {
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined
  const gateway = isJsonObject(annotations) ? textOf(annotations[names.GATEWAY_ANNOTATION]) : ''
  const routes = isJsonObject(spec) && isJsonArray(spec['routes']) ? spec['routes'] : []
  return gateway === ''
    ? []
    : routes.flatMap((route, index) =>
        isJsonObject(route) && textOf(route['secretName']) !== ''
          ? [
              {
                path: `spec.routes[${index}].secretName`,
                message:
                  'has no effect with a Gateway, whose listener has a certificate (on plain Kubernetes)',
                remedy: `remove it, and name the Secret in the listener of ${gateway}`,
              },
            ]
          : [],
      )
}
