import type * as t from 'io-ts'

import { boolean } from '../../../schema/boolean'
import { atomicList, map, preservedObject } from '../../../schema/collections'
import { integer } from '../../../schema/integer'
import { atomic, nullable } from '../../../schema/modifiers'
import { object, optionalObject } from '../../../schema/object'
import { patternChoice, secretString, string } from '../../../schema/string'
import { affinity } from '../core/affinity'
import { resourceRequirements } from '../core/resources'
import { atomicTolerations } from '../core/tolerations'
import { topologySpreadConstraints } from '../core/topology-spread-constraints'

import { logLevel } from './log-level'
import { REQUESTS } from './requests'
import { STORAGE } from './storage'

const PROXY = optionalObject(
  'Proxy for the traffic of the registry. What is empty is taken from the proxy of the cluster.',
  {
    http: string('Proxy for http.'),
    https: string('Proxy for https.'),
    noProxy: string('Hosts and networks that are reached without a proxy, separated by commas.'),
  },
)

const ROUTES = atomicList(
  'Further Routes under which the registry can be reached.',
  object('One Route.', {
    required: { name: string('Name of the Route. default-route is taken.') },
    optional: {
      hostname: string('Host name of the Route. Empty: the router chooses.'),
      secretName: string(
        'Secret in the namespace openshift-image-registry with the certificate: tls.crt, tls.key and, if need be, tls.cacrt. Empty: that of the router.',
      ),
    },
  }),
)

const REQUIRED = {
  replicas: integer('How many registry pods there are.', { format: 'int32' }),
}

const PODS = {
  affinity: affinity('Which nodes the registry pods prefer or need. Replaces the default.'),
  nodeSelector: map('Labels that a node must have to run registry pods.', string('The value.')),
  resources: atomic(
    resourceRequirements('What a registry pod asks for. Replaces the default as a whole.'),
  ),
  rolloutStrategy: patternChoice(
    'How pods are replaced. RollingUpdate: new ones first. Recreate: old ones first, which a volume for one node needs.',
    ['RollingUpdate', 'Recreate'],
  ),
  tolerations: atomicTolerations('Taints of nodes that the registry pods put up with.'),
  topologySpreadConstraints: topologySpreadConstraints(
    'How evenly the registry pods are spread. Replaces the default; an empty list means not at all.',
  ),
}

/** What the user wants of the registry: `spec` of a Config. */
export const ConfigSpec = object('What you want of the registry.', {
  required: REQUIRED,
  optional: {
    managementState: patternChoice(
      'Managed: the operator keeps the registry as described here. Unmanaged: it keeps its hands off. Removed: it takes the registry away. Force: the same as Managed.',
      ['Managed', 'Unmanaged', 'Force', 'Removed'],
    ),
    defaultRoute: boolean(
      'Whether there is a Route named default-route with a generated host name.',
    ),
    disableRedirect: boolean(
      'Whether all data goes through the registry, instead of clients being sent to the storage.',
    ),
    httpSecret: secretString(
      'Secret that the registry pods sign upload sessions with. Empty: the operator makes one up and keeps it in a Secret.',
    ),
    logLevel: logLevel('How much the registry logs.'),
    logging: integer('Deprecated: use logLevel.', { format: 'int64' }),
    observedConfig: nullable(
      preservedObject('Settings of the cluster that OpenShift has observed. Not for editing.'),
    ),
    operatorLogLevel: logLevel('How much the operator logs.'),
    proxy: PROXY,
    readOnly: boolean('Whether pushing and deleting images is refused.'),
    requests: REQUESTS,
    routes: ROUTES,
    storage: STORAGE,
    unsupportedConfigOverrides: nullable(
      preservedObject('Overrides for emergencies. They may stop working at any time.'),
    ),
    ...PODS,
  },
})

export type ConfigSpec = t.TypeOf<typeof ConfigSpec>
