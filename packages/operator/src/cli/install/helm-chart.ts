import { installManifests } from '@image-registry-operator/render'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
  registryBuild,
  registryBuildName,
  type Release,
  textOf,
} from '@image-registry-operator/render/model'

import { VERSION } from '../../version'
import { objectFileName } from './object-file-names'
import { toYaml } from '../print-manifests'
import type { OutputFile, OutputFolder } from './write-folder'

/** What stands in a manifest where a value of the chart goes; no manifest has it otherwise. */
const PREFIX = 'value-of-the-chart-'

/** What helm writes there. */
const EXPRESSIONS: { readonly [value: string]: string } = {
  operatorImage: '{{ .Values.operatorImage | quote }}',
  registryImage: '{{ .Values.registryImage | quote }}',
  registryBuild: '{{ .Values.registryBuild | quote }}',
  version: '{{ .Chart.AppVersion | quote }}',
  replicas: '{{ .Values.replicas }}',
  resources: '{{ .Values.resources | toJson }}',
  nodeTrust: '{{ .Values.nodeTrust | quote }}',
}

const valueOf = (name: string): string => `${PREFIX}${name}`

/** Braces of alerts are for Prometheus, not for helm. */
const asTemplate = (yaml: string): string =>
  yaml
    .replace(/\{\{|\}\}/g, (braces) => `{{ "${braces}" }}`)
    .replace(
      new RegExp(`${PREFIX}(\\w+)`, 'g'),
      (whole, name: string) => EXPRESSIONS[name] ?? whole,
    )

/** The same JSON with something else wherever `change` says so. */
const changed = (change: (key: string, value: Json) => Json | undefined) => {
  const inside = (value: Json): Json => {
    if (isJsonArray(value)) return value.map(inside)
    return isJsonObject(value) ? ofObject(value) : value
  }
  const ofObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [key, change(key, value) ?? inside(value)]),
    )
  return ofObject
}

const isBuild = (value: Json): boolean => isJsonObject(value) && value['name'] === 'REGISTRY_BUILD'

const withVariables = (variables: Json): Json | undefined =>
  isJsonArray(variables)
    ? variables.map((each) =>
        isBuild(each) && isJsonObject(each) ? { ...each, value: valueOf('registryBuild') } : each,
      )
    : undefined

const deploymentValues = changed((key, value) => {
  switch (key) {
    case 'replicas':
    case 'resources':
      return valueOf(key)
    case 'env':
      return withVariables(value)
    default:
      return undefined
  }
})

/** People keep things in it: it does not go when the chart does. */
const kept = (object: KubeObject): JsonObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    annotations: { ...object.metadata.annotations, 'helm.sh/resource-policy': 'keep' },
  },
})

const template = (object: KubeObject): string =>
  isForNodes(object)
    ? `{{- if .Values.nodeTrust }}\n${content(object)}{{- end }}\n`
    : content(object)

/** Whether it is there to tell nodes of the registry. */
const isForNodes = ({ metadata: { name } }: KubeObject): boolean =>
  [names.NODE_TRUST_NAME, names.NODE_TRUST_NAMESPACE].includes(name)

const content = (object: KubeObject): string => {
  const { apiVersion, kind } = object
  if (kind === 'Namespace') return toYaml(kept(object))
  if (kind === 'Deployment') return asTemplate(toYaml(deploymentValues(object)))
  const text = asTemplate(toYaml(object))
  return apiVersion.startsWith(names.MONITORING_GROUP)
    ? `{{- if .Values.monitoring }}\n${text}{{- end }}\n`
    : text
}

/** The operator has to be there when its Config goes. */
const CONFIG = `{{- with .Values.config }}
apiVersion: ${names.CONFIG_API_VERSION}
kind: Config
metadata:
  name: ${names.SINGLETON_NAME}
  annotations:
    helm.sh/resource-policy: keep
spec: {{ toJson . }}
{{- end }}
`

const isDefinition = ({ kind }: KubeObject): boolean => kind === 'CustomResourceDefinition'

const filesOf = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<OutputFile> =>
  objects.map((object) => {
    const name = `${objectFileName(object, objects)}.yaml`
    return isDefinition(object)
      ? { name: `crds/${name}`, text: toYaml(object) }
      : { name: `templates/${name}`, text: template(object) }
  })

const firstNamed = (name: string, value: Json | undefined): Json | undefined => {
  const inner = isJsonArray(value) ? value : isJsonObject(value) ? Object.values(value) : []
  const here = isJsonObject(value) ? value[name] : undefined
  return here ?? inner.map((each) => firstNamed(name, each)).find((found) => found !== undefined)
}

/** What the operator's container asks for. */
const resourcesOf = (objects: ReadonlyArray<KubeObject>): Json =>
  firstNamed(
    'resources',
    objects.find(({ kind }) => kind === 'Deployment'),
  ) ?? {}

type Value = { readonly why: string; readonly entries: JsonObject }

const values = (release: Release, objects: ReadonlyArray<KubeObject>): ReadonlyArray<Value> => [
  { why: 'The image of the operator.', entries: { operatorImage: release.operatorImage } },
  {
    why: 'The image of the registry, and which registry that is.',
    entries: {
      registryImage: release.registryImage,
      registryBuild: registryBuildName(registryBuild({ platform: 'Kubernetes', release })),
    },
  },
  { why: 'How many operators there are: one works, the others wait.', entries: { replicas: 1 } },
  { why: 'What the operator needs.', entries: { resources: resourcesOf(objects) } },
  {
    why: 'What Prometheus is told of the operator. Where it can be told, the operator does so itself.',
    entries: { monitoring: false },
  },
  {
    why: 'The folder that config_path of the nodes’ containerd names, e.g. /etc/containerd/certs.d: they are told of the registry there. Empty: they are not.',
    entries: { nodeTrust: '' },
  },
  {
    why: 'The spec of the Config; empty: one is made with the defaults of the cluster.',
    entries: { config: {} },
  },
]

const valuesText = (all: ReadonlyArray<Value>): string =>
  all.map(({ why, entries }) => `# ${why}\n${toYaml(entries)}`).join('\n')

const FILES = 'image-registry-operator/files'

const namedIn = (index: unknown): ReadonlyArray<string> => {
  const annotations = isJsonObject(index) ? index['annotations'] : undefined
  return isJsonObject(annotations) ? textOf(annotations[FILES]).split(' ').filter(Boolean) : []
}

/** A chart of helm that installs what `install` prints, with a few values of the user's in it. */
export const helmChart = (release: Release): OutputFolder => {
  const objects = installManifests({
    release: {
      ...release,
      operatorImage: valueOf('operatorImage'),
      registryImage: valueOf('registryImage'),
      version: valueOf('version'),
    },
    platform: 'Kubernetes',
    profile: 'all',
    monitoring: true,
    nodeTrust: valueOf('nodeTrust'),
  })
  const files = [
    { name: 'values.yaml', text: valuesText(values(release, objects)) },
    ...filesOf(objects),
    { name: 'templates/config.yaml', text: CONFIG },
  ]
  const index = toYaml({
    apiVersion: 'v2',
    name: 'image-registry-operator',
    description: 'A container image registry for the cluster, and who keeps it right',
    type: 'application',
    version: VERSION,
    appVersion: release.version,
    kubeVersion: '>=1.30.0-0',
    annotations: { [FILES]: files.map(({ name }) => name).join(' ') },
  })
  return { index: { name: 'Chart.yaml', text: index }, namedIn, files }
}
