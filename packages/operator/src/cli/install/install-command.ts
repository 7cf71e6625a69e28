import { installManifests, type Profile } from '@image-registry-operator/render'
import type { KubeObject, Release } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import { ownImage } from '../../own-image'
import { VERSION } from '../../version'
import type { CliIo } from '../cli-io'
import { EXIT, type ExitCode } from '../exit-code'
import { helmChart } from './helm-chart'
import { inputProblem, type InputProblem } from '../input/input-problem'
import { permissionProblems, type PermissionOptions, printPermissions } from './install-permissions'
import { kubernetesRelease } from './kubernetes-release'
import { kustomizeFolder } from './kustomize-folder'
import { olmBundle } from './olm-bundle'
import { printedDocuments, printedList } from '../print-manifests'
import { releaseOf, type ReleaseOptions } from './release-options'
import { reportProblems, reportWarnings } from '../report'
import { type OutputFolder, writeFolder } from './write-folder'

export type InstallOptions = ReleaseOptions &
  PermissionOptions & {
    /** Not given: plain Kubernetes, unless a profile is, which only OpenShift has. */
    readonly platform?: 'openshift' | 'kubernetes'
    /** OpenShift only. */
    readonly profile?: Profile | 'all'
    /** Plain Kubernetes only: OpenShift is always monitored. */
    readonly monitoring?: boolean
    /** Plain Kubernetes only: OpenShift’s nodes are told without being asked. */
    readonly nodeTrust?: boolean
    /** Where the nodes’ containerd looks for registries. */
    readonly certsD?: string
    /** In place of standard output. */
    readonly outputDir?: string
    /** What is written into that folder; not given: a base of kustomize. */
    readonly format?: 'kustomize' | 'helm' | 'olm'
  }

/** Prints everything that has to be in a cluster for the operator to run in it; or what a cloud has to permit it. */
export const installCommand =
  (io: CliIo) =>
  (options: InstallOptions): T.Task<ExitCode> =>
  async () => {
    const problems = [
      ...permissionProblems(options),
      ...folderProblems(options),
      ...nodeTrustProblems(options),
    ]
    if (problems.length > 0) {
      reportProblems(io)(problems)()
      return EXIT.failed
    }
    const { permissions } = options
    return permissions === undefined
      ? printInstallation(io, options)()
      : printPermissions(io, permissions, options)()
  }

const folderProblems = (options: InstallOptions): ReadonlyArray<InputProblem> => {
  const { permissions, outputDir, format } = options
  return [
    ...(permissions !== undefined && outputDir !== undefined
      ? [inputProblem('--output-dir', 'says nothing to --permissions', 'leave one of them out')]
      : []),
    ...(format !== undefined && outputDir === undefined
      ? [inputProblem('--format', 'says nothing without --output-dir', 'name a folder as well')]
      : []),
    ...(format !== undefined && format !== 'kustomize' && isOpenshift(options)
      ? [
          inputProblem(
            '--format',
            'charts and bundles are for plain Kubernetes',
            'leave out what names OpenShift',
          ),
        ]
      : []),
  ]
}

const nodeTrustProblems = (options: InstallOptions): ReadonlyArray<InputProblem> => {
  const { nodeTrust = false, certsD, format } = options
  if (!nodeTrust)
    return certsD === undefined
      ? []
      : [inputProblem('--certs-d', 'says nothing without --node-trust', 'give both, or neither')]
  return [
    ...(isOpenshift(options)
      ? [
          inputProblem(
            '--node-trust',
            'OpenShift’s nodes are told of the registry anyway',
            'leave it out',
          ),
        ]
      : []),
    ...(format === 'helm' || format === 'olm'
      ? [inputProblem('--node-trust', `says nothing to --format ${format}`, INSTEAD[format])]
      : []),
    ...(certsD === undefined || /^(\/[\w.-]+)+$/.test(certsD)
      ? []
      : [
          inputProblem(
            '--certs-d',
            `${JSON.stringify(certsD)} is not the path of a folder on the nodes`,
            `give e.g. ${CERTS_FOLDER}`,
          ),
        ]),
  ]
}

const INSTEAD = {
  helm: 'set the value nodeTrust of the chart to the folder',
  olm: 'apply what install --node-trust prints for the namespace openshift-image-registry-nodes besides',
}

const CERTS_FOLDER = '/etc/containerd/certs.d'

const isOpenshift = ({ platform, profile }: InstallOptions): boolean =>
  platform === undefined ? profile !== undefined : platform === 'openshift'

const installedRelease = (io: CliIo, options: InstallOptions): Release => {
  const release = releaseOf(io.env.release, options)
  return isOpenshift(options) ? release : kubernetesRelease(release)
}

const missingImages = ({ operatorImage, registryImage }: Release): ReadonlyArray<InputProblem> =>
  Object.entries({
    'operator, --operator-image or OPERATOR_IMAGE': operatorImage,
    'registry, --image or IMAGE': registryImage,
  })
    .filter(([, image]) => image === '')
    .map(([what]) =>
      inputProblem('', `no image is set (${what})`, 'set it, or put it into the Deployment'),
    )

/** Nodes that do not have it find it nowhere. */
const localImage = ({ operatorImage }: Release): ReadonlyArray<InputProblem> =>
  operatorImage === ownImage(VERSION)
    ? [
        inputProblem(
          '',
          `the image of the operator, ${operatorImage}, is in no registry`,
          'load what pnpm image makes into your nodes, or give --operator-image',
        ),
      ]
    : []

type Installation = { readonly release: Release; readonly manifests: ReadonlyArray<KubeObject> }

const outputFolder = (
  { output = 'yaml', format }: InstallOptions,
  { release, manifests }: Installation,
): OutputFolder => {
  switch (format) {
    case 'helm':
      return helmChart(release)
    case 'olm':
      return olmBundle(release)
    default:
      return kustomizeFolder(manifests, output)
  }
}

const write = (
  io: CliIo,
  options: InstallOptions,
  installation: Installation,
): TE.TaskEither<InputProblem, void> => {
  const { output, outputDir } = options
  const { manifests } = installation
  if (outputDir !== undefined) return writeFolder(outputDir)(outputFolder(options, installation))
  // Documents, so that the output can be kept under version control and read one object at a time.
  const text = output === 'json' ? printedList(manifests, 'json') : printedDocuments(manifests)
  return TE.fromIO(io.stdout(text))
}

const printInstallation = (io: CliIo, options: InstallOptions): T.Task<ExitCode> => {
  const release = installedRelease(io, options)
  const manifests = installManifests({
    release,
    platform: isOpenshift(options) ? 'OpenShift' : 'Kubernetes',
    profile: options.profile ?? 'self-managed-high-availability',
    monitoring: options.monitoring === true,
    ...(options.nodeTrust === true ? { nodeTrust: options.certsD ?? CERTS_FOLDER } : {}),
  })
  return pipe(
    TE.fromIO(reportWarnings(io)([...missingImages(release), ...localImage(release)])),
    TE.flatMap(() => write(io, options, { release, manifests })),
    TE.matchE(
      (problem) => T.fromIO(() => (reportProblems(io)([problem])(), EXIT.failed)),
      () => T.of(EXIT.ok),
    ),
  )
}
