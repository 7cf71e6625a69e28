import * as E from 'fp-ts/Either'

import {
  type ClusterFacts,
  type Config,
  names,
  registryBuild,
  registryBuildName,
  storagePlace,
  type Writers,
} from '../../model'
import { storageContribution } from './storage-contribution'

/**
 * What the Config is to remember: which registry keeps images where. It matters on Azure only. Of OpenShift's own registry on
 * OpenShift it is known anyway, so nothing is written there unless something else has been.
 */
export const writersAnnotation = (
  config: Config,
  facts: ClusterFacts,
): { readonly [annotation: string]: string } => {
  const all = { ...facts.writers.remembered, ...writerNow(config, facts) }
  const text = Object.keys(all)
    .sort()
    .flatMap((place) => {
      const build = all[place]
      return build === undefined ? [] : [`${place}=${registryBuildName(build)}`]
    })
    .join(',')
  return text === '' ? {} : { [names.WRITERS_ANNOTATION]: text }
}

const writerNow = (config: Config, facts: ClusterFacts): Writers => {
  const place = config.storage._tag === 'Azure' ? storagePlace(config.storage) : undefined
  const build = registryBuild(facts)
  const isUsual = facts.platform === 'OpenShift' && build._tag === 'OpenShift'
  return place === undefined ||
    config.managementState !== 'Managed' ||
    (isUsual && !Object.hasOwn(facts.writers.remembered, place)) ||
    E.isLeft(storageContribution(config, facts))
    ? {}
    : { [place]: build }
}
