import {
  authenticationOf,
  type ClusterFacts,
  type Config,
  names,
  type TokenAuthentication,
} from '../../model'
import { scalarVariable, variable, type Variables } from '../deployment/variable'
import { type Volume, volume } from '../deployment/volume'

/** Where the registry finds what it checks its clients with. */
const MOUNT_PATH = '/etc/registry-auth'

/** What browsers and clients show to whom they ask for a password. */
const REALM = 'image-registry'

/** What letting clients in adds to the pod. */
type AccessContribution = {
  readonly variables: Variables
  readonly volumes: ReadonlyArray<Volume>
}

const NOTHING: AccessContribution = { variables: [], volumes: [] }

/** The registry reads the file anew when it has changed, so that nobody restarts it: it counts among no dependencies. */
const htpasswd: AccessContribution = {
  variables: [
    variable('REGISTRY_AUTH', 'htpasswd'),
    variable('REGISTRY_AUTH_HTPASSWD_REALM', REALM),
    variable('REGISTRY_AUTH_HTPASSWD_PATH', `${MOUNT_PATH}/${names.HTPASSWD_KEY}`),
  ],
  volumes: [
    volume('registry-auth', MOUNT_PATH, {
      projected: { sources: [{ secret: { name: names.HTPASSWD_SECRET } }] },
    }),
  ],
}

/** Certificates and keys are files: the registry is told their paths. */
const token = ({ files, signingAlgorithms, ...said }: TokenAuthentication): AccessContribution => ({
  variables: [
    variable('REGISTRY_AUTH', 'token'),
    scalarVariable('REGISTRY_AUTH_TOKEN_REALM', said.realm),
    scalarVariable('REGISTRY_AUTH_TOKEN_SERVICE', said.service),
    scalarVariable('REGISTRY_AUTH_TOKEN_ISSUER', said.issuer),
    ...files.map((file) =>
      variable(`REGISTRY_AUTH_TOKEN_${file.toUpperCase()}`, `${MOUNT_PATH}/${file}`),
    ),
    ...(signingAlgorithms.length === 0
      ? []
      : [
          variable(
            'REGISTRY_AUTH_TOKEN_SIGNINGALGORITHMS',
            `[${signingAlgorithms.map((name) => JSON.stringify(name)).join(', ')}]`,
          ),
        ]),
  ],
  volumes: [
    volume('registry-auth', MOUNT_PATH, {
      configMap: {
        name: names.TOKEN_AUTH_CONFIG_MAP,
        items: files.map((file) => ({ key: file, path: file })),
      },
    }),
  ],
})

/** What the registry is told of how it lets clients in. */
export const accessContribution = (config: Config, facts: ClusterFacts): AccessContribution => {
  const authentication = authenticationOf(config, facts)
  switch (authentication?._tag) {
    case undefined:
    case 'Anonymous':
    case 'TokenIncomplete':
      return NOTHING
    case 'Htpasswd':
      return htpasswd
    case 'Token':
      return token(authentication)
  }
}
