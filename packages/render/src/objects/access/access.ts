import { authenticationOf, type ClusterFacts, type Config } from '../../model'
import type { Rendered } from '../rendered'
import { firstUser } from './first-user'
import { userFile } from './user-file'

/**
 * The users of a registry that does not ask the cluster for them. While a ConfigMap about tokens is not complete they stay: the
 * pods that run are those of before.
 */
export const access = (config: Config, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  const authentication = authenticationOf(config, facts)
  switch (authentication?._tag) {
    case undefined:
    case 'Anonymous':
    case 'Token':
      return []
    case 'Htpasswd':
    case 'TokenIncomplete':
      return [
        ...(config.access.firstUser ? [firstUser(facts)] : []),
        userFile(facts, config.access.firstUser),
      ]
  }
}
