import type { Either } from 'fp-ts/Either'

import type { ProxySettings, TlsSettings } from './config'
import type { CredentialReading } from './credential-reading'
import type { FactProblem } from './errors'
import type { ExposureKind } from './exposure-kind'
import type { PruningFacts } from './pruning-facts'
import type { Writers } from './registry-build'
import type { Release } from './release'
import type { StorageKnown } from './storage-sight'

/** Digests by key of a Secret's or ConfigMap's entries; the values themselves stay outside. */
export type ContentDigests = {
  readonly kind: 'Secret' | 'ConfigMap'
  readonly namespace: string
  readonly name: string
  readonly entries: { readonly [key: string]: string }
  /** What documents of credentials in it say that is no secret, by key; absent where nobody has read them. */
  readonly readings?: { readonly [key: string]: CredentialReading }
}

export type ClaimFacts = {
  readonly name: string
  readonly accessModes: ReadonlyArray<string>
  /** It carries our ownership annotation. */
  readonly ours: boolean
}

/** A ConfigMap with certificate authorities or settings, with its values: they are no secrets. */
export type Bundle = {
  readonly namespace: string
  readonly name: string
  readonly data: { readonly [key: string]: string }
  /** Values in base64. */
  readonly binaryData: { readonly [key: string]: string }
}

/** That nobody has read yet on which machine a node of plain Kubernetes runs: its platform is not known. */
export type UnreadMachine = {
  /** The node to be read; absent where there is none. */
  readonly node?: string
  /** Why it is not read yet, for whoever can cure it; absent while nobody has been answered. */
  readonly problem?: string
}

/** What the cluster says that it runs on. */
export type InfrastructureFacts = {
  /** As in `status.platformStatus.type`, e.g. `AWS`; may be empty or one that nobody knows yet. */
  readonly platformType: string
  readonly infrastructureName: string
  /** Only on plain Kubernetes, and only as long as it is so. */
  readonly unread?: UnreadMachine
  /** The nodes that the registry runs on are one node. */
  readonly singleReplicaInfrastructure: boolean
  /** An OpenStack has a Swift that we may use. */
  readonly objectStore: 'present' | 'absent' | 'unknown'
  /** Why it is unknown, for whoever can cure it; absent while nobody has been answered. */
  readonly objectStoreProblem?: string
  /** Where in its cloud the cluster is: a region of AWS, or a location of IBM Cloud. Absent elsewhere, and where it is not said. */
  readonly region?: string
  /** The address of S3 on AWS, or of Cloud Object Storage on IBM Cloud, where the cluster is told another one than the usual. */
  readonly storageEndpoint?: string
  /** The name of the Azure cloud, e.g. `AzureUSGovernmentCloud`. */
  readonly cloudName?: string
  /** Which cloud of a `clouds.yaml` an OpenStack is; absent where it is not said. */
  readonly cloudsEntry?: string
  /** The project of a cluster on Google Cloud. */
  readonly projectId?: string
  /** The resource group of a cluster on Azure or IBM Cloud. */
  readonly resourceGroup?: string
  /** What people want on everything that is made in their cloud: tags on AWS and Azure, labels on Google Cloud. */
  readonly resourceTags?: { readonly [name: string]: string }
  /** Tags of Google Cloud, which are bound: `<parent>/<key>` and the value. */
  readonly boundTags?: { readonly [name: string]: string }
  /** Addresses that the cluster is told to reach services at, by their names there, e.g. `sts` or `IAM`. */
  readonly serviceEndpoints?: { readonly [service: string]: string }
}

export type ImportMode = 'Legacy' | 'PreserveOriginal'

/** What the cluster's image configuration asks for. */
export type ImageConfigFacts = {
  readonly exists: boolean
  /** Name of the ConfigMap in `openshift-config` with the authorities that the user trusts; empty: none. */
  readonly additionalTrustedCa: string
  /** How image streams import; undefined where the cluster does not have that choice. */
  readonly importMode: Either<FactProblem, ImportMode | undefined>
  /** How its status says that they do; absent when it says nothing. */
  readonly reportedImportMode?: string
}

/** A host name that a router has admitted for a Route of ours. */
export type RouteHost = { readonly route: string; readonly host: string }

/** How many tags image streams have, of one source and in one kind of place. */
export type TagCount = {
  readonly source: 'imported' | 'pushed'
  readonly location: 'openshift' | 'other'
  readonly count: number
}

/** What shows on a Secret with a certificate. */
export type CertificateSecret = {
  /** It bears our mark, or cert-manager made it because we asked. Otherwise it is the user's, whoever made it. */
  readonly ours: boolean
  /** How often we have issued it; 0: never, or nobody can read how often. */
  readonly issue: number
}

/** What is to be known on plain Kubernetes of the registry's certificate. What is absent is not there. */
export type CertificateFacts = {
  readonly serving?: CertificateSecret
  readonly signer?: CertificateSecret
  /** Somebody else has a Certificate of cert-manager for it. */
  readonly foreignRequest: boolean
}

/** Everything that `render` may know of the cluster. */
export type ClusterFacts = {
  readonly platform: 'OpenShift' | 'Kubernetes'
  /** API groups that the cluster serves, sorted; the core group is ''. */
  readonly servedGroups: ReadonlyArray<string>
  readonly singleReplicaControlPlane: boolean
  readonly infrastructure: Either<FactProblem, InfrastructureFacts>
  /** What the cluster asks of TLS servers; undefined where it does not have that choice. */
  readonly tlsProfile?: TlsSettings
  readonly imageConfig: ImageConfigFacts
  /** The port of the registry's Service; absent while there is no Service, or none with a port. */
  readonly servicePort?: number
  /** The addresses of that Service inside the cluster, in its order; empty while it has none. */
  readonly serviceAddresses: ReadonlyArray<string>
  /** When the cluster was looked at: RFC 3339 in UTC. Absent where that is not said: then nothing is renewed. */
  readonly now?: string
  readonly certificates: CertificateFacts
  /** How the clean-up stands on plain Kubernetes; absent on OpenShift, where the cluster's own client cleans up. */
  readonly pruning?: PruningFacts
  /** In the order of the Routes' names. */
  readonly routeHosts: ReadonlyArray<RouteHost>
  /** ConfigMaps that authorities and settings are read from, sorted by namespace and name. */
  readonly bundles: ReadonlyArray<Bundle>
  readonly imageStreamTags: ReadonlyArray<TagCount>
  readonly clusterProxy: ProxySettings
  /** The group that owns the volumes of pods in our namespace, from the namespace's annotation. */
  readonly fsGroup: Either<FactProblem, number>
  /** Keys of the labels that at least one node carries and that we spread pods over. */
  readonly nodeTopologyLabels: ReadonlyArray<string>
  /**
   * The registry's pods keep apart, and fewer than two of them run: there may be no node besides theirs, and pods of another
   * kind could not come before they have gone. Or that is how they are being replaced right now.
   */
  readonly podsInTheWay: boolean
  /** Secrets and ConfigMaps that the registry's objects depend on, sorted by kind, namespace and name. */
  readonly contents: ReadonlyArray<ContentDigests>
  readonly claims: ReadonlyArray<ClaimFacts>
  /** The StorageClass of claims that name none; absent where there is none, and on OpenShift, where nobody looks. */
  readonly defaultStorageClass?: string
  /** Names of Routes in our namespace that carry neither our annotation nor our field manager, sorted. */
  readonly foreignRoutes: ReadonlyArray<string>
  /** Those that stand in for Routes, likewise: `<kind>/<name>`. */
  readonly foreignExposures: ReadonlyArray<`${ExposureKind}/${string}`>
  /** The cluster serves version v1 of BackendTLSPolicy, as the Gateway API does since its version 1.4. */
  readonly servesBackendTls: boolean
  /** Parts of the Config's schema that older definitions lack; what the cluster's one lacks must not be sent. */
  readonly configSchema: { readonly conditionObservedGeneration: boolean }
  /** What is known of the storage outside of the cluster. */
  readonly storage: StorageKnown
  /** Which registry has kept images where, as we remember it, and as people say; told only where registries cannot read each other's. */
  readonly writers: { readonly remembered: Writers; readonly said: Writers }
  readonly release: Release
}
