import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type ClusterClient, clusterClient } from './cluster-client'
import { type ControlPlane, startControlPlane } from './control-plane'
import { loadManifests, openshiftFacts } from './load-manifests'
import { startOpenshiftControllers } from './openshift-controllers'
import { type SimulatedNodes, startSimulatedNodes } from './simulated-nodes'
import type { Simulation } from './simulation'
import { untilObject } from './until-object'

const namespace = 'openshift-image-registry'
const pods = `/api/v1/namespaces/${namespace}/pods`
const deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`

const deployment = (name: string, image: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector: { matchLabels: { app: ${name} } }
      containers: [{ name: main, image: ${image} }]
`

const claim = (name: string): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  accessModes: [ReadWriteMany]
  resources: { requests: { storage: 100Gi } }
`

const route = `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: default-route, namespace: ${namespace} }
spec:
  to: { name: image-registry }
`

const service = `
apiVersion: v1
kind: Service
metadata:
  name: served
  namespace: ${namespace}
  annotations: { service.alpha.openshift.io/serving-cert-secret-name: served-tls }
spec:
  ports: [{ port: 5000 }]
`

const job = `
apiVersion: batch/v1
kind: Job
metadata: { name: once, namespace: ${namespace} }
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: main, image: any }] }
`

describe('the OpenShift cluster', () => {
  let controlPlane: ControlPlane
  let nodes: SimulatedNodes
  let controllers: Simulation
  let client: ClusterClient

  beforeAll(async () => {
    controlPlane = await startControlPlane({ onProgress: (line) => console.log(line) })
    client = clusterClient(controlPlane.kubeconfigPath, 'control-plane-test')
    await loadManifests(controlPlane, openshiftFacts)
    controllers = await startOpenshiftControllers(controlPlane)
    nodes = await startSimulatedNodes(controlPlane, {
      count: 2,
      zones: ['a', 'b'],
      outcome: (pod) =>
        JSON.stringify(pod['spec']).includes('missing') ? 'image-pull-fails' : 'ready',
    })
  })

  afterAll(async () => {
    await nodes?.stop()
    await controllers?.stop()
    client?.close()
    await controlPlane?.stop()
  })

  it('has the facts of an OpenShift cluster, with their status', async () => {
    const config = '/apis/config.openshift.io/v1'
    const infrastructure = await client.send('GET', `${config}/infrastructures/cluster`)
    expect(infrastructure['status']).toMatchObject({ infrastructureName: 'demo-x7k2p' })
    const version = await client.send('GET', `${config}/clusterversions/version`)
    expect(version['status']).toMatchObject({ desired: { version: '4.22.0' } })
    const pullSecret = '/api/v1/namespaces/openshift-config/secrets/pull-secret'
    expect((await client.send('GET', pullSecret))['type']).toBe('kubernetes.io/dockerconfigjson')
  })

  it('loads the same facts again without a change', async () => {
    const path = `/api/v1/namespaces/${namespace}`
    const before = await client.send('GET', path)
    await loadManifests(controlPlane, openshiftFacts)
    expect(await client.send('GET', path)).toEqual(before)
  })

  it('runs a Deployment on simulated nodes in different zones', async () => {
    await loadManifests(controlPlane, deployment('two', 'any'))
    const path = `${deployments}/two`
    await untilObject(client, path, ({ status }) =>
      JSON.stringify(status).includes('"availableReplicas":2'),
    )
    const running = await client.list(`${pods}?labelSelector=app%3Dtwo`)
    const places = running.map(({ spec }) => (spec as Readonly<{ nodeName: string }>).nodeName)
    expect(places.sort()).toEqual(nodes.names)
    const node = await client.send('GET', '/api/v1/nodes/worker-1')
    expect(node.metadata.labels).toMatchObject({ 'topology.kubernetes.io/zone': 'b' })
  })

  it('removes the pods of a deleted Deployment at once', async () => {
    await client.send('DELETE', `${deployments}/two?propagationPolicy=Foreground`)
    await untilObject(
      client,
      `${pods}?labelSelector=app%3Dtwo`,
      ({ items }) => JSON.stringify(items) === '[]',
    )
  })

  it('keeps pods waiting whose image cannot be had', async () => {
    await loadManifests(controlPlane, deployment('stuck', 'missing'))
    const path = `${pods}?labelSelector=app%3Dstuck`
    await untilObject(client, path, ({ items }) =>
      JSON.stringify(items).includes('ImagePullBackOff'),
    )
  })

  it('completes a Job', async () => {
    await loadManifests(controlPlane, job)
    const path = `/apis/batch/v1/namespaces/${namespace}/jobs/once`
    await untilObject(client, path, ({ status }) =>
      JSON.stringify(status).includes('"type":"Complete"'),
    )
  })

  it('binds the claims for registry storage', async () => {
    for (const name of ['ocs4registry', 'image-registry-storage']) {
      await loadManifests(controlPlane, claim(name))
      const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${name}`
      await untilObject(client, path, ({ status }) => JSON.stringify(status).includes('Bound'))
    }
  })

  it('fills in the defaults of a Route and admits it under a generated host', async () => {
    await loadManifests(controlPlane, route)
    const path = `/apis/route.openshift.io/v1/namespaces/${namespace}/routes/default-route`
    const { spec, status } = await untilObject(
      client,
      path,
      (object) => object['status'] !== undefined,
    )
    const host = `default-route-${namespace}.apps.example.com`
    expect(spec).toEqual({
      host,
      to: { kind: 'Service', name: 'image-registry', weight: 100 },
      wildcardPolicy: 'None',
    })
    expect(status).toMatchObject({ ingress: [{ host, routerName: 'default' }] })
  })

  it('makes the certificate that a Service asks for', async () => {
    await loadManifests(controlPlane, service)
    const path = `/api/v1/namespaces/${namespace}/services/served`
    await untilObject(client, path, ({ metadata }) =>
      JSON.stringify(metadata).includes('cert-signed-by'),
    )
    const secret = await client.send('GET', `/api/v1/namespaces/${namespace}/secrets/served-tls`)
    expect(Object.keys(secret['data'] as object)).toEqual(['tls.crt', 'tls.key'])
  })
})
