import { installManifests, type Profile } from '@image-registry-operator/render'
import type { Task } from 'fp-ts/Task'

import type { CliIo } from './cli-io'
import { EXIT, type ExitCode } from './exit-code'
import { inputProblem } from './input-problem'
import { permissionProblems, type PermissionOptions, printPermissions } from './install-permissions'
import { printedDocuments, printedList } from './print-manifests'
import { releaseOf, type ReleaseOptions } from './release-options'
import { reportProblems, reportWarnings } from './report'

export type InstallOptions = ReleaseOptions &
  PermissionOptions & {
    readonly platform: 'openshift' | 'kubernetes'
    /** OpenShift only. */
    readonly profile: Profile | 'all'
    /** Plain Kubernetes only: OpenShift is always monitored. */
    readonly monitoring?: boolean
  }

/** Prints everything that has to be in a cluster for the operator to run in it; or what a cloud has to permit it. */
export const installCommand =
  (io: CliIo) =>
  (options: InstallOptions): Task<ExitCode> =>
  async () => {
    const problems = permissionProblems(options)
    if (problems.length > 0) {
      reportProblems(io)(problems)()
      return EXIT.failed
    }
    const { permissions } = options
    return permissions === undefined
      ? printInstallation(io, options)()
      : printPermissions(io, permissions, options)()
  }

const printInstallation =
  (io: CliIo, options: InstallOptions): Task<ExitCode> =>
  async () => {
    const release = releaseOf(io.env.release, options)
    const unset = Object.entries({
      'operator, --operator-image or OPERATOR_IMAGE': release.operatorImage,
      'registry, --image or IMAGE': release.registryImage,
    }).filter(([, image]) => image === '')
    const manifests = installManifests({
      release,
      platform: options.platform === 'openshift' ? 'OpenShift' : 'Kubernetes',
      profile: options.profile,
      monitoring: options.monitoring === true,
    })
    reportWarnings(io)(
      unset.map(([what]) =>
        inputProblem('', `no image is set (${what})`, 'set it, or put it into the Deployment'),
      ),
    )()
    // Documents, so that the output can be kept under version control and read one object at a time.
    const text =
      options.output === 'json' ? printedList(manifests, 'json') : printedDocuments(manifests)
    io.stdout(text)()
    return EXIT.ok
  }
