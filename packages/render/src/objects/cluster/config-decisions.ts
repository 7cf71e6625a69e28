import * as E from 'fp-ts/Either'

import { type ClusterFacts, type Config, names, type Wishes } from '../../model'
import { decided, type Rendered } from '../rendered'
import { writersAnnotation } from '../storage/writers'

const decidedConfig = (config: Config, facts: ClusterFacts): Rendered => {
  const { finalizer, spec } = config.decisions
  const annotations = {
    ...makesStorage(config),
    ...spentConsent(config),
    ...writersAnnotation(config, facts),
  }
  return decided({
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: {
      name: names.SINGLETON_NAME,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ...(finalizer ? { finalizers: [names.FINALIZER] } : {}),
    },
    ...(Object.keys(spec).length === 0 ? {} : { spec }),
  })
}

const makesStorage = ({ decisions: { makesStorage: place } }: Config) =>
  place === undefined ? {} : { [names.MAKES_STORAGE_ANNOTATION]: place }

const spentConsent = ({ decisions: { spentConsent: place } }: Config) =>
  place === undefined ? {} : { [names.SPENT_CONSENT_ANNOTATION]: place }

/** What we decide in the Config: its finalizer, and the fields that the user left to us. */
export const configDecisions = (
  { config }: Pick<Wishes, 'config'>,
  facts: ClusterFacts,
): ReadonlyArray<Rendered> => (E.isRight(config) ? [decidedConfig(config.right, facts)] : [])
