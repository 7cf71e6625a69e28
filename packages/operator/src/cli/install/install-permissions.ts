import { type Cloud, cloudPermissions } from '@image-registry-operator/render'
import type { Task } from 'fp-ts/Task'

import type { CliIo } from '../cli-io'
import { EXIT, type ExitCode } from '../exit-code'
import { inputProblem, type InputProblem } from '../input/input-problem'
import { type ManifestFormat, printed } from '../print-manifests'
import { reportWarnings } from '../report'

/** Whether, and for what, `install` prints the permissions of a cloud. */
export type PermissionOptions = {
  /** Not given: as documents, or in the form that the cloud takes. */
  readonly output?: ManifestFormat
  readonly permissions?: Cloud
  readonly bucket?: string
  readonly kmsKey?: string
  readonly scope?: string
}

type Limit = {
  readonly flag: string
  readonly value: string | undefined
  readonly clouds: ReadonlyArray<Cloud>
  /** What it has to look like. */
  readonly form: RegExp
  readonly example: string
}

const limits = ({ bucket, kmsKey, scope }: PermissionOptions): ReadonlyArray<Limit> => [
  {
    flag: '--bucket',
    value: bucket,
    clouds: ['aws', 'openstack'],
    form: /^(arn:[^:/]+:s3:::)?[^:/*?]+$/,
    example: 'my-images, or arn:aws-us-gov:s3:::my-images for another partition of AWS',
  },
  {
    flag: '--kms-key',
    value: kmsKey,
    clouds: ['aws'],
    form: /^arn:[^:*?]+:kms:[^:*?]+:[^:*?]+:key\/[^:*?]+$/,
    example: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-…, not an alias',
  },
  {
    flag: '--scope',
    value: scope,
    clouds: ['azure'],
    form: /^\/(subscriptions|providers)\/./,
    example: '/subscriptions/1234abcd-…, or that followed by /resourceGroups/my-group',
  },
]

const limitProblems =
  (cloud: Cloud | undefined) =>
  ({ flag, value, clouds, form, example }: Limit): ReadonlyArray<InputProblem> => {
    if (value === undefined) return []
    if (cloud === undefined || !clouds.includes(cloud))
      return [
        inputProblem(
          flag,
          cloud === undefined ? 'says nothing without --permissions' : `says nothing to ${cloud}`,
          `leave it out, or give --permissions ${clouds.join(' or ')}`,
        ),
      ]
    return form.test(value)
      ? []
      : [inputProblem(flag, `${JSON.stringify(value)} cannot be used`, `give e.g. ${example}`)]
  }

/** What is wrong with the options about permissions. */
export const permissionProblems = (options: PermissionOptions): ReadonlyArray<InputProblem> =>
  limits(options).flatMap(limitProblems(options.permissions))

const NO_SCOPE = inputProblem(
  '--scope',
  "no scope is given: the role names a subscription that is nobody's",
  'give --scope /subscriptions/…, or put yours into AssignableScopes',
)

/** Prints what a cloud has to permit, in the form in which that cloud takes it. */
export const printPermissions =
  (io: CliIo, cloud: Cloud, options: PermissionOptions): Task<ExitCode> =>
  async () => {
    const { output = cloud === 'gcp' ? 'yaml' : 'json', bucket, kmsKey, scope } = options
    const permissions = cloudPermissions(cloud, {
      ...(bucket === undefined ? {} : { bucket }),
      ...(kmsKey === undefined ? {} : { kmsKey }),
      ...(scope === undefined ? {} : { assignableScope: scope }),
    })
    reportWarnings(io)(cloud === 'azure' && scope === undefined ? [NO_SCOPE] : [])()
    io.stdout(printed(permissions, output))()
    return EXIT.ok
  }
