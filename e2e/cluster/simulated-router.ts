import type { ClusterClient, KubeObject } from './cluster-client'
import { type KubeconfigSource, mergePatch, type Simulation, startSimulation } from './simulation'

const name = 'simulated-router'
const domain = 'apps.example.com'

type RouteSpec = Readonly<{ host?: string; wildcardPolicy?: string }>
type Ingress = Readonly<{ host?: string; routerName?: string }>

const routePath = ({ metadata }: KubeObject): string =>
  `/apis/route.openshift.io/v1/namespaces/${metadata.namespace}/routes/${metadata.name}`

const ingressOf = (host: string, wildcardPolicy: string): unknown => ({
  host,
  routerName: 'default',
  routerCanonicalHostname: `router-default.${domain}`,
  wildcardPolicy,
  conditions: [{ type: 'Admitted', status: 'True', lastTransitionTime: new Date().toISOString() }],
})

/** A Route without a host is given one, which OpenShift's API server does when it is created. */
const giveHost = (client: ClusterClient, route: KubeObject): Promise<KubeObject> =>
  mergePatch(client, routePath(route), {
    metadata: { annotations: { 'openshift.io/host.generated': 'true' } },
    spec: { host: `${route.metadata.name}-${route.metadata.namespace}.${domain}` },
  })

const isAdmitted = (route: KubeObject, host: string): boolean => {
  const { ingress = [] } = (route['status'] ?? {}) as Readonly<{ ingress?: ReadonlyArray<Ingress> }>
  return ingress.some((each) => each.host === host && each.routerName === 'default')
}

const admit =
  (client: ClusterClient) =>
  async (route: KubeObject): Promise<void> => {
    const { host = '', wildcardPolicy = 'None' } = route['spec'] as RouteSpec
    // The change that gives the host comes back as an event, and the Route is admitted then.
    if (host === '') return void (await giveHost(client, route))
    if (isAdmitted(route, host)) return
    const status = { ingress: [ingressOf(host, wildcardPolicy)] }
    await mergePatch(client, `${routePath(route)}/status`, { status })
  }

/** Admits every Route, as OpenShift's default router does with those it has no objection to. */
export const startRouter = (controlPlane: KubeconfigSource): Promise<Simulation> =>
  startSimulation(controlPlane, name, [
    { path: '/apis/route.openshift.io/v1/routes', react: admit },
  ])
