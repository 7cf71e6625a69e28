import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type * as t from 'io-ts'

import { groupOf, names, type KubeObject, type UnreadableObject } from '../model'
import { decodeAt } from '../schema/problems'

import {
  ApiServer,
  ClusterVersion,
  FeatureGate,
  Image,
  Proxy,
} from './codecs/foreign/cluster-settings'
import { ConfigMap, Secret } from './codecs/foreign/contents'
import { CustomResourceDefinition } from './codecs/foreign/custom-resource-definition'
import { Infrastructure } from './codecs/foreign/infrastructure'
import { Machine } from './codecs/foreign/machine'
import { ObjectStore } from './codecs/foreign/object-store'
import { Deployment, PersistentVolumeClaim, Route } from './codecs/foreign/workload'
import { unreadable } from './manifest/manifest'

/** An object and what was read of it. */
export type Reading<A> = { readonly object: KubeObject; readonly read: A }

type Readings<A> = {
  readonly readable: ReadonlyArray<Reading<A>>
  readonly unreadable: ReadonlyArray<UnreadableObject>
}

/** The objects of one kind. */
export const ofKind = (
  objects: ReadonlyArray<KubeObject>,
  group: string,
  kind: string,
): ReadonlyArray<KubeObject> =>
  objects.filter((object) => object.kind === kind && groupOf(object.apiVersion) === group)

const reading =
  <A>(codec: t.Type<A>) =>
  (object: KubeObject): E.Either<UnreadableObject, Reading<A>> =>
    pipe(
      decodeAt(codec, '', object),
      E.map((read) => ({ object, read })),
      E.mapLeft(unreadable(object)),
    )

const readings = <A>(objects: ReadonlyArray<KubeObject>, codec: t.Type<A>): Readings<A> => {
  const results = objects.map(reading(codec))
  return {
    readable: results.flatMap((result) => (E.isRight(result) ? [result.right] : [])),
    unreadable: results.flatMap((result) => (E.isLeft(result) ? [result.left] : [])),
  }
}

const OPENSHIFT = 'config.openshift.io'

type ReadingsOf<C extends t.Mixed> = ReadonlyArray<Reading<t.TypeOf<C>>>

/** What facts are made of. */
export type ForeignReadings = {
  readonly infrastructures: ReadingsOf<typeof Infrastructure>
  readonly objectStores: ReadingsOf<typeof ObjectStore>
  readonly machines: ReadingsOf<typeof Machine>
  readonly proxies: ReadingsOf<typeof Proxy>
  readonly secrets: ReadingsOf<typeof Secret>
  readonly configMaps: ReadingsOf<typeof ConfigMap>
  readonly claims: ReadingsOf<typeof PersistentVolumeClaim>
  readonly definitions: ReadingsOf<typeof CustomResourceDefinition>
  readonly images: ReadingsOf<typeof Image>
  readonly apiServers: ReadingsOf<typeof ApiServer>
  readonly featureGates: ReadingsOf<typeof FeatureGate>
  readonly clusterVersions: ReadingsOf<typeof ClusterVersion>
  readonly routes: ReadingsOf<typeof Route>
  readonly unreadable: ReadonlyArray<UnreadableObject>
}

/** Every object of others that we read, decoded; what cannot be decoded is listed once, and absent otherwise. */
export const foreignReadings = (objects: ReadonlyArray<KubeObject>): ForeignReadings => {
  const read = <A>(group: string, kind: string, codec: t.Type<A>) =>
    readings(ofKind(objects, group, kind), codec)
  const infrastructures = read(OPENSHIFT, 'Infrastructure', Infrastructure)
  const objectStores = read(groupOf(names.SEEN_API_VERSION), 'ObjectStore', ObjectStore)
  const machines = read(groupOf(names.SEEN_API_VERSION), 'Machine', Machine)
  const proxies = read(OPENSHIFT, 'Proxy', Proxy)
  const secrets = read('', 'Secret', Secret)
  const configMaps = read('', 'ConfigMap', ConfigMap)
  const claims = read('', 'PersistentVolumeClaim', PersistentVolumeClaim)
  const definitions = read(
    'apiextensions.k8s.io',
    'CustomResourceDefinition',
    CustomResourceDefinition,
  )
  const images = read(OPENSHIFT, 'Image', Image)
  const apiServers = read(OPENSHIFT, 'APIServer', ApiServer)
  const featureGates = read(OPENSHIFT, 'FeatureGate', FeatureGate)
  const clusterVersions = read(OPENSHIFT, 'ClusterVersion', ClusterVersion)
  const routes = read(names.ROUTE_GROUP, 'Route', Route)
  // Read by other stages from the live objects; here it is only seen whether they can be.
  const others = [read('apps', 'Deployment', Deployment)]
  const used = [
    ...[infrastructures, proxies, secrets, configMaps, claims, definitions],
    ...[images, apiServers, featureGates, clusterVersions, routes, objectStores, machines],
  ]
  return {
    infrastructures: infrastructures.readable,
    objectStores: objectStores.readable,
    machines: machines.readable,
    proxies: proxies.readable,
    secrets: secrets.readable,
    configMaps: configMaps.readable,
    claims: claims.readable,
    definitions: definitions.readable,
    images: images.readable,
    apiServers: apiServers.readable,
    featureGates: featureGates.readable,
    clusterVersions: clusterVersions.readable,
    routes: routes.readable,
    unreadable: [...used, ...others].flatMap((one) => one.unreadable),
  }
}
