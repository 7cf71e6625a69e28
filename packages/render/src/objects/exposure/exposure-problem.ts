import type { AdditionalRoute, ClusterFacts, ExposureKind, RenderProblem } from '../../model'

/** Why an object of that kind cannot stand in for a Route; undefined where it can. */
export const exposureProblem = (
  { name, hostname }: AdditionalRoute,
  kind: ExposureKind,
  { foreignExposures }: Pick<ClusterFacts, 'foreignExposures'>,
): RenderProblem | undefined => {
  if (foreignExposures.includes(`${kind}/${name}`))
    return { _tag: 'RouteNotOurs', route: name, kind }
  return hostname === '' ? { _tag: 'HostnameMissing', route: name } : undefined
}
