/** A reference to one entry of a Secret or a ConfigMap. */
type EntryRef = Readonly<{ name: string; key: string; optional?: boolean }>

/** A variable of a container. */
export type PodVariable = Readonly<{
  name: string
  value?: string
  valueFrom?: Readonly<{ secretKeyRef?: EntryRef; configMapKeyRef?: EntryRef }>
}>

/** Which entries of an object become which files. */
export type Items = ReadonlyArray<Readonly<{ key: string; path: string }>>

type Optional = Readonly<{ items?: Items; optional?: boolean }>

/** One part of a projected volume. */
export type Projection = Readonly<{
  secret?: Optional & Readonly<{ name: string }>
  configMap?: Optional & Readonly<{ name: string }>
  serviceAccountToken?: Readonly<{ path: string }>
}>

/** A volume of a pod, of the kinds that the registry's pod may have. */
export type PodVolume = Readonly<{
  name: string
  secret?: Optional & Readonly<{ secretName: string }>
  configMap?: Optional & Readonly<{ name: string }>
  projected?: Readonly<{ sources: ReadonlyArray<Projection> }>
  emptyDir?: object
  persistentVolumeClaim?: Readonly<{ claimName: string }>
}>

/** Where a container sees a volume. */
export type VolumeMount = Readonly<{
  name: string
  mountPath: string
  readOnly?: boolean
  subPath?: string
}>

/** What of a container decides how its program runs. */
export type PodContainer = Readonly<{
  name: string
  command?: ReadonlyArray<string>
  args?: ReadonlyArray<string>
  env?: ReadonlyArray<PodVariable>
  volumeMounts?: ReadonlyArray<VolumeMount>
  securityContext?: Readonly<{ readOnlyRootFilesystem?: boolean }>
}>

/** What of a pod decides how its containers run. */
export type PodSpec = Readonly<{
  containers: ReadonlyArray<PodContainer>
  volumes?: ReadonlyArray<PodVolume>
}>

/** An object as the API server gives it; of its content, what a pod may refer to. */
export type GivenObject = Readonly<{
  kind: string
  metadata: Readonly<{ name: string; namespace?: string }>
  /** Base64 in a Secret, plain in a ConfigMap. */
  data?: Readonly<Record<string, string>>
  stringData?: Readonly<Record<string, string>>
  binaryData?: Readonly<Record<string, string>>
}>

/** What of a Deployment counts here. */
export type GivenDeployment = Readonly<{
  spec: Readonly<{ template: Readonly<{ spec: PodSpec }> }>
}>
