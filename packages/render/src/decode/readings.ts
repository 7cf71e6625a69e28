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
import { onceKnown } from '../once-known'

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

type Read<A> = (object: KubeObject) => E.Either<UnreadableObject, Reading<A>>

const reading = <A>(codec: t.Type<A>): Read<A> =>
  onceKnown((object) =>
    pipe(
      decodeAt(codec, '', object),
      E.map((read) => ({ object, read })),
      E.mapLeft(unreadable(object)),
    ),
  )

const readings = <A>(objects: ReadonlyArray<KubeObject>, read: Read<A>): Readings<A> => {
  const results = objects.map(read)
  return {
    readable: results.flatMap((result) => (E.isRight(result) ? [result.right] : [])),
    unreadable: results.flatMap((result) => (E.isLeft(result) ? [result.left] : [])),
  }
}

const OPENSHIFT = 'config.openshift.io'

/** Each remembers what it has read. */
const READ = {
  infrastructure: reading(Infrastructure),
  objectStore: reading(ObjectStore),
  machine: reading(Machine),
  proxy: reading(Proxy),
  secret: reading(Secret),
  configMap: reading(ConfigMap),
  claim: reading(PersistentVolumeClaim),
  definition: reading(CustomResourceDefinition),
  image: reading(Image),
  apiServer: reading(ApiServer),
  featureGate: reading(FeatureGate),
  clusterVersion: reading(ClusterVersion),
  route: reading(Route),
  deployment: reading(Deployment),
}

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
  const read = <A>(group: string, kind: string, each: Read<A>) =>
    readings(ofKind(objects, group, kind), each)
  const infrastructures = read(OPENSHIFT, 'Infrastructure', READ.infrastructure)
  const objectStores = read(groupOf(names.SEEN_API_VERSION), 'ObjectStore', READ.objectStore)
  const machines = read(groupOf(names.SEEN_API_VERSION), 'Machine', READ.machine)
  const proxies = read(OPENSHIFT, 'Proxy', READ.proxy)
  const secrets = read('', 'Secret', READ.secret)
  const configMaps = read('', 'ConfigMap', READ.configMap)
  const claims = read('', 'PersistentVolumeClaim', READ.claim)
  const definitions = read('apiextensions.k8s.io', 'CustomResourceDefinition', READ.definition)
  const images = read(OPENSHIFT, 'Image', READ.image)
  const apiServers = read(OPENSHIFT, 'APIServer', READ.apiServer)
  const featureGates = read(OPENSHIFT, 'FeatureGate', READ.featureGate)
  const clusterVersions = read(OPENSHIFT, 'ClusterVersion', READ.clusterVersion)
  const routes = read(names.ROUTE_GROUP, 'Route', READ.route)
  // Read by other stages from the live objects; here it is only seen whether they can be.
  const others = [read('apps', 'Deployment', READ.deployment)]
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
