import * as O from 'fp-ts/Option'

import {
  authenticationOf,
  type ClusterFacts,
  type Config,
  names,
  type RenderProblem,
} from '../../model'

/** What keeps pods from being made: nobody has said all that they need to know of who gives out tokens. */
export const accessProblem = (config: Config, facts: ClusterFacts): O.Option<RenderProblem> => {
  const authentication = authenticationOf(config, facts)
  return authentication?._tag === 'TokenIncomplete'
    ? O.some({
        _tag: 'ConfigMapEntryMissing',
        namespace: names.REGISTRY_NAMESPACE,
        name: names.TOKEN_AUTH_CONFIG_MAP,
        key: authentication.missing,
      })
    : O.none
}
